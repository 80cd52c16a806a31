package dev.paddock.control.config;

/**
 * Where clients reach this installation.
 *
 * @param proxyProtocol {@code http} or {@code https}
 * @param proxyDomain host, and port unless it is the protocol's own, below which previews live
 * @param toolboxUrl base URL of the toolbox; a sandbox's id follows
 */
public record PublicAddresses(String proxyProtocol, String proxyDomain, String toolboxUrl) {}
