package dev.paddock.web;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.failure.TooManyWaitingException;
import dev.paddock.model.failure.UnauthorizedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A server with a route for each thing that tests look at. */
final class SampleServer {
  record Person(String name, int age, Optional<Address> address, Optional<Boolean> admin) {}

  record Address(String city) {}

  record Echo(String value) {}

  static final Operation ANY = Operation.of("any", "sample", "Anything");

  private SampleServer() {}

  static WebServer start(Route... more) {
    WebLimits limits =
        new WebLimits(1 << 16, 4096, 8192, 1 << 20, Duration.ofSeconds(20), Duration.ofSeconds(1));
    return WebServer.start("127.0.0.1", 0, limits, List.of(group(), secured(), open(more)));
  }

  private static RouteGroup open(Route... more) {
    return RouteGroup.open("", ErrorStyle.API).routes(List.of(more));
  }

  private static RouteGroup group() {
    return RouteGroup.open("/api", ErrorStyle.API)
        .headers(Map.of("X-Daytona-Api-Version", "v0.190.0"))
        .routes(
            List.of(
                Route.get("/items/{id}", ANY, e -> Answer.ok(new Echo(e.pathParam("id")))),
                Route.get("/items/special", ANY, e -> Answer.ok(new Echo("literal"))),
                Route.delete("/items/{id}", ANY, e -> Answer.empty(204)),
                Route.get("/tail/{+rest}", ANY, e -> Answer.ok(new Echo(e.pathParam("rest")))),
                Route.get("/query", ANY, e -> Answer.ok(e.queryAll("n"))),
                Route.post("/people", ANY, e -> Answer.json(201, e.json(Person.class))),
                Route.post(
                    "/many", ANY, e -> Answer.ok(e.json(Echo.class, 1 << 20).value().length())),
                Route.post("/unread", ANY, e -> Answer.text(200, "ignored")),
                Route.post("/length", ANY, SampleServer::length),
                Route.get("/conflict", ANY, SampleServer::conflict),
                Route.get("/full", ANY, SampleServer::full),
                Route.get("/crowded", ANY, SampleServer::crowded),
                Route.get("/broken", ANY, SampleServer::broken),
                Route.get("/short", ANY, e -> stream(OptionalLong.of(10), "abc"))));
  }

  private static RouteGroup secured() {
    return RouteGroup.secured("/toolbox/{sandboxId}", ErrorStyle.TOOLBOX, SampleServer::who)
        .routes(
            List.of(
                Route.get("/who", ANY, e -> Answer.ok(new Echo(e.principal().userId()))),
                Route.get("/box", ANY, e -> Answer.ok(new Echo(e.pathParam("sandboxId"))))));
  }

  private static Principal who(Exchange exchange) {
    return exchange
        .header("Authorization")
        .filter("Bearer good"::equals)
        .map(any -> new Principal("ann", "acme", Set.of()))
        .orElseThrow(() -> new UnauthorizedException("Invalid credentials"));
  }

  private static Answer length(Exchange exchange) throws Exception {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int n = exchange.body().read(buffer); n >= 0; n = exchange.body().read(buffer)) {
      total += n;
    }
    return Answer.text(200, String.valueOf(total));
  }

  private static Answer conflict(Exchange exchange) {
    throw new ConflictException("The name is taken");
  }

  private static Answer full(Exchange exchange) {
    throw new HostFullException("The host is full", Duration.ofSeconds(10));
  }

  private static Answer crowded(Exchange exchange) {
    throw new TooManyWaitingException("Too many wait", Duration.ofSeconds(5));
  }

  private static Answer broken(Exchange exchange) {
    throw new IllegalStateException("secret detail");
  }

  private static Answer stream(OptionalLong length, String text) {
    return Answer.stream(200, "text/plain", length, out -> writeFlushed(out, text));
  }

  private static void writeFlushed(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
