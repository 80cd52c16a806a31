package dev.paddock.cli.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Resolves every name below {@code .localhost}, such as those of previews, to this machine, as RFC
 * 6761 asks for: a stock Debian's resolver knows only {@code localhost} itself. The Java runtime
 * finds it as a service.
 */
public final class LocalhostNames extends InetAddressResolverProvider {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** For the service loader. */
  public LocalhostNames() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Resolver(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "names below localhost";
  }

  private record Resolver(InetAddressResolver system) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      boolean ipv4 = (policy.characteristics() & LookupPolicy.IPV4) != 0;
      if (ipv4 && host.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
        return Stream.of(InetAddress.getByAddress(host, LOOPBACK));
      }
      return system.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return system.lookupByAddress(address);
    }
  }
}
