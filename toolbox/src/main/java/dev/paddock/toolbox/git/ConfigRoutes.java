package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.git.GitRoutes.chosen;
import static dev.paddock.toolbox.git.GitRoutes.operation;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Git's settings and its store of credentials. */
final class ConfigRoutes {
  private static final int NOT_SET = 1;
  private static final String LOCAL = "local";
  private static final List<String> SCOPES = List.of("global", LOCAL, "system");
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9-]+(\\.[^\\n\\u0000]*)?\\.[A-Za-z][A-Za-z0-9-]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+");

  private ConfigRoutes() {}

  static void addTo(RouteTable table) {
    table.get(
        "/git/config",
        operation("GetGitConfig", "The value of a setting")
            .requiredQuery("key", String.class, "The setting, such as user.name")
            .query("scope", String.class, "global, local or system; global when absent")
            .query("path", String.class, "The repository, for a local setting")
            .answers(200, GitConfigResponse.class),
        ConfigRoutes::get);
    table.post(
        "/git/config",
        operation("SetGitConfig", "Gives a setting a value")
            .reads(GitSetConfigRequest.class)
            .answersNothing(200),
        ConfigRoutes::set);
    table.post(
        "/git/config/user",
        operation("ConfigureUser", "Says who makes commits")
            .reads(GitConfigureUserRequest.class)
            .answersNothing(200),
        ConfigRoutes::setUser);
    table.post(
        "/git/credentials",
        operation("Authenticate", "Keeps credentials in the sandbox, unencrypted")
            .reads(GitAuthenticateRequest.class)
            .answersNothing(200),
        ConfigRoutes::authenticate);
  }

  private static Answer get(AgentClient agent, Exchange exchange) {
    String key = requireKey(exchange.query("key").orElse(""));
    String scope = requireScope(exchange.query("scope").orElse(null));
    Git git = git(agent, exchange, scope, exchange.query("path").orElse(null));
    GitOutput output = git.attempt("config", "--" + scope, "-z", "--get", key);
    if (output.succeeded()) {
      String value =
          output.fields().stream().findFirst().orElseThrow(() -> GitOutput.unreadable("setting"));
      return Answer.ok(new GitConfigResponse(value));
    }
    if (output.code() == NOT_SET && output.complaint().isBlank()) {
      return Answer.ok(new GitConfigResponse(null));
    }
    throw GitFailures.of(output);
  }

  private static Answer set(AgentClient agent, Exchange exchange) {
    GitSetConfigRequest request = exchange.json(GitSetConfigRequest.class);
    String scope = requireScope(request.scope());
    String key = requireKey(request.key());
    put(git(agent, exchange, scope, request.path()), scope, key, request.value());
    return Answer.empty(200);
  }

  private static Answer setUser(AgentClient agent, Exchange exchange) {
    GitConfigureUserRequest request = exchange.json(GitConfigureUserRequest.class);
    String name = GitNames.require("name", request.name());
    String email = GitNames.require("email", request.email());
    String scope = requireScope(request.scope());
    Git git = git(agent, exchange, scope, request.path());
    put(git, scope, "user.name", name);
    put(git, scope, "user.email", email);
    return Answer.empty(200);
  }

  /** The client's user asked for credentials on disk; nothing else here puts any there. */
  private static Answer authenticate(AgentClient agent, Exchange exchange) {
    GitAuthenticateRequest request = exchange.json(GitAuthenticateRequest.class);
    String protocol = chosen(request.protocol(), "https");
    String host = chosen(request.host(), "github.com");
    if (!protocol.equals("https") && !protocol.equals("http")) {
      throw new InvalidException("protocol must be https or http");
    }
    if (!HOST.matcher(host).matches()) {
      throw new InvalidException("host must be a host name, such as github.com, with no path");
    }
    String username = GitCredentials.requireLine("username", request.username());
    String password = GitCredentials.requireLine("password", request.password());
    if (username.isEmpty() || password.isEmpty()) {
      throw new InvalidException("username and password are required");
    }
    Git git = Git.of(agent, exchange);
    git.run(
        GitCall.of("credential-store", "store")
            .withInput(
                "protocol=%s\nhost=%s\nusername=%s\npassword=%s\n\n"
                    .formatted(protocol, host, username, password)));
    put(git, "global", "credential." + protocol + "://" + host + ".helper", "store");
    return Answer.empty(200);
  }

  private static void put(Git git, String scope, String key, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new InvalidException("the value of " + key + " must not contain a NUL character");
    }
    git.run("config", "--" + scope, "--replace-all", key, value);
  }

  private static Git git(
      AgentClient agent, Exchange exchange, String scope, @Nullable String path) {
    if (!scope.equals(LOCAL)) {
      return Git.of(agent, exchange);
    }
    if (path == null || path.isEmpty()) {
      throw new InvalidException("path is required for a setting of scope local");
    }
    return Git.in(agent, exchange, path);
  }

  private static String requireScope(@Nullable String scope) {
    String one = chosen(scope, "global");
    if (!SCOPES.contains(one)) {
      throw new InvalidException("scope must be one of global, local and system");
    }
    return one;
  }

  private static String requireKey(String key) {
    if (!KEY.matcher(key).matches() || key.startsWith("-")) {
      throw new InvalidException("key must be a section and a name, such as user.name");
    }
    return key;
  }
}
