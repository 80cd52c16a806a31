package dev.paddock.api.sandbox;

import dev.paddock.api.request.Callers;
import dev.paddock.api.request.LogAnswer;
import dev.paddock.api.request.Query;
import dev.paddock.control.sandbox.Sandboxes;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.Route;
import java.util.List;

/** The life of one sandbox. */
public final class SandboxRoutes {
  private static final String TAG = "sandbox";
  private static final String ONE = "/sandbox/{sandboxIdOrName}";
  private static final String TEXT = "text/plain";

  /** From this release on clients bear that a sandbox is gone right after its deletion. */
  private static final int SAFE_READ_MINOR = 121;

  private final LastReads lastReads = new LastReads();
  private final Sandboxes sandboxes;
  private final WireConstants constants;
  private final String apiUrl;

  /**
   * @param apiUrl base of this API as clients reach it
   */
  public SandboxRoutes(Sandboxes sandboxes, WireConstants constants, String apiUrl) {
    this.sandboxes = sandboxes;
    this.constants = constants;
    this.apiUrl = apiUrl;
  }

  public List<Route> routes() {
    return List.of(
        Route.post(
            "/sandbox",
            Operation.of("createSandbox", TAG, "Create a sandbox; answers when it is usable")
                .reads(CreateSandboxDto.class)
                .answers(200, SandboxDto.class),
            this::create),
        Route.get(ONE, answersOne("getSandbox", "Get a sandbox"), this::get),
        Route.delete(ONE, answersOne("deleteSandbox", "Delete a sandbox"), this::delete),
        Route.post(
            ONE + "/start",
            answersOne("startSandbox", "Start a sandbox; answers when it is usable"),
            this::start),
        Route.post(
            ONE + "/stop",
            answersOne("stopSandbox", "Stop a sandbox and keep its files")
                .query("force", Boolean.class, "Kill at once"),
            this::stop),
        Route.put(
            ONE + "/labels",
            answersOne("replaceLabels", "Replace all labels").reads(LabelsDto.class),
            this::replaceLabels),
        Route.post(
            ONE + "/public/{isPublic}",
            answersOne("updatePublicStatus", "Open or close previews for everybody"),
            this::setPublic),
        Route.post(
            ONE + "/autostop/{interval}",
            answersOne("setAutostopInterval", "Minutes without activity until the stop"),
            this::setAutoStop),
        Route.post(
            ONE + "/autoarchive/{interval}",
            answersOne("setAutoArchiveInterval", "Minutes after the stop until archived"),
            this::setAutoArchive),
        Route.post(
            ONE + "/autodelete/{interval}",
            answersOne("setAutoDeleteInterval", "Minutes after the stop until deleted"),
            this::setAutoDelete),
        Route.post(
            ONE + "/last-activity",
            Operation.of("updateLastActivity", TAG, "Note that the sandbox is in use")
                .answersNothing(201),
            this::recordActivity),
        Route.get(
            ONE + "/ports/{port}/preview-url",
            Operation.of("getPortPreviewUrl", TAG, "Where a port is reached from outside")
                .answers(200, PreviewUrlDto.class),
            this::previewUrl),
        Route.get(
            ONE + "/signing-key",
            Operation.of("getSandboxSigningKey", TAG, "The secret that file URLs are signed with")
                .answersMedia(200, TEXT),
            this::signingKey),
        Route.post(
            ONE + "/signing-key/rotate",
            Operation.of("rotateSigningKey", TAG, "Replace it; URLs signed before end at once")
                .answersMedia(200, TEXT),
            this::rotateSigningKey),
        Route.get(
            ONE + "/toolbox-proxy-url",
            Operation.of("getToolboxProxyUrl", TAG, "Where toolboxes are reached")
                .answers(200, UrlDto.class),
            this::toolboxUrl),
        Route.get(
            ONE + "/build-logs-url",
            Operation.of("getBuildLogsUrl", TAG, "Where the image's build log is read")
                .answers(200, UrlDto.class),
            this::buildLogUrl),
        Route.get(
            ONE + "/build-logs",
            Operation.of("getBuildLogs", TAG, "The image's build log")
                .query("follow", Boolean.class, "Go on until the build ends")
                .answersMedia(200, TEXT),
            this::buildLog));
  }

  private static Operation answersOne(String id, String summary) {
    return Operation.of(id, TAG, summary).answers(200, SandboxDto.class);
  }

  private Answer create(Exchange exchange) {
    CreateSandboxDto request = exchange.json(CreateSandboxDto.class);
    return one(sandboxes.create(Callers.of(exchange), request.toRequest(), exchange::onClientGone));
  }

  private Answer get(Exchange exchange) {
    Caller caller = Callers.of(exchange);
    try {
      return one(sandboxes.get(caller, named(exchange)));
    } catch (NotFoundException e) {
      return one(lastReads.take(caller.organizationId(), named(exchange)).orElseThrow(() -> e));
    }
  }

  private Answer delete(Exchange exchange) {
    Sandbox deleted = sandboxes.delete(Callers.of(exchange), named(exchange));
    if (exchange.client().filter(client -> client.isBefore(0, SAFE_READ_MINOR)).isPresent()) {
      lastReads.allow(deleted);
    }
    return one(deleted);
  }

  private Answer start(Exchange exchange) {
    return one(sandboxes.start(Callers.of(exchange), named(exchange), exchange::onClientGone));
  }

  private Answer stop(Exchange exchange) {
    boolean force = new Query(exchange).bool("force").orElse(false);
    return one(sandboxes.stop(Callers.of(exchange), named(exchange), force));
  }

  private Answer replaceLabels(Exchange exchange) {
    LabelsDto request = exchange.json(LabelsDto.class);
    return one(sandboxes.replaceLabels(Callers.of(exchange), named(exchange), request.labels()));
  }

  private Answer setPublic(Exchange exchange) {
    boolean isPublic = Query.pathBool(exchange, "isPublic");
    return one(sandboxes.setPublic(Callers.of(exchange), named(exchange), isPublic));
  }

  private Answer setAutoStop(Exchange exchange) {
    return one(sandboxes.setAutoStop(Callers.of(exchange), named(exchange), interval(exchange)));
  }

  private Answer setAutoArchive(Exchange exchange) {
    return one(sandboxes.setAutoArchive(Callers.of(exchange), named(exchange), interval(exchange)));
  }

  private Answer setAutoDelete(Exchange exchange) {
    return one(sandboxes.setAutoDelete(Callers.of(exchange), named(exchange), interval(exchange)));
  }

  private Answer recordActivity(Exchange exchange) {
    sandboxes.recordActivity(Callers.of(exchange), named(exchange));
    return Answer.empty(201);
  }

  private Answer previewUrl(Exchange exchange) {
    int port = Query.pathInteger(exchange, "port");
    return Answer.ok(
        PreviewUrlDto.from(sandboxes.previewLink(Callers.of(exchange), named(exchange), port)));
  }

  private Answer signingKey(Exchange exchange) {
    return secret(sandboxes.signingKey(Callers.of(exchange), named(exchange)));
  }

  private Answer rotateSigningKey(Exchange exchange) {
    return secret(sandboxes.rotateSigningKey(Callers.of(exchange), named(exchange)));
  }

  /** As bare text, which every official client takes; some would keep the quotes of JSON. */
  private static Answer secret(String value) {
    return Answer.text(200, value).withHeader("Cache-Control", "no-store");
  }

  private Answer toolboxUrl(Exchange exchange) {
    return Answer.ok(new UrlDto(sandboxes.toolboxUrl(Callers.of(exchange), named(exchange))));
  }

  private Answer buildLogUrl(Exchange exchange) {
    Sandbox sandbox = sandboxes.get(Callers.of(exchange), named(exchange));
    return Answer.ok(new UrlDto(apiUrl + "/sandbox/" + sandbox.id() + "/build-logs"));
  }

  private Answer buildLog(Exchange exchange) {
    Caller caller = Callers.of(exchange);
    boolean follow = new Query(exchange).bool("follow").orElse(false);
    return LogAnswer.of(sandboxes.buildLog(caller, named(exchange), follow));
  }

  private Answer one(Sandbox sandbox) {
    return Answer.ok(SandboxDto.from(sandbox, constants));
  }

  private static String named(Exchange exchange) {
    return exchange.pathParam("sandboxIdOrName");
  }

  private static int interval(Exchange exchange) {
    return Query.pathInteger(exchange, "interval");
  }
}
