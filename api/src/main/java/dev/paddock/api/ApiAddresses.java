package dev.paddock.api;

/**
 * Addresses as clients reach them.
 *
 * @param apiUrl base of the API
 * @param toolboxUrl where toolboxes are, before the sandbox's id
 * @param previewTemplate preview URL with <code>{{PORT}}</code> and <code>{{sandboxId}}</code>
 * @param dashboardUrl where people look
 */
public record ApiAddresses(
    String apiUrl, String toolboxUrl, String previewTemplate, String dashboardUrl) {}
