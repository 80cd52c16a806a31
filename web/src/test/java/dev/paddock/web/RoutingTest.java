package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RoutingTest {
  private static WebServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = SampleServer.start();
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aLiteralSegmentWinsOverAParameter() throws Exception {
    assertThat(client.get("/api/items/special").body()).isEqualTo("{\"value\":\"literal\"}");
    assertThat(client.get("/api/items/other").body()).isEqualTo("{\"value\":\"other\"}");
  }

  @Test
  void aLiteralWithoutTheMethodGivesWayToTheParameter() throws Exception {
    assertThat(client.send("DELETE", "/api/items/special", null).statusCode()).isEqualTo(204);
  }

  @Test
  void anEncodedSlashStaysInsideItsSegment() throws Exception {
    assertThat(client.get("/api/items/daytonaio%2Fsandbox%3A0.6.0-slim").body())
        .isEqualTo("{\"value\":\"daytonaio/sandbox:0.6.0-slim\"}");
  }

  @Test
  void aPlusInAPathIsAPlus() throws Exception {
    assertThat(client.get("/api/items/a+b%20c").body()).isEqualTo("{\"value\":\"a+b c\"}");
  }

  @Test
  void aTailTakesAllRemainingSegments() throws Exception {
    assertThat(client.get("/api/tail/a/b%20c/d").body()).isEqualTo("{\"value\":\"a/b c/d\"}");
  }

  @Test
  void aParameterOfThePrefixIsReadable() throws Exception {
    assertThat(client.send("GET", "/toolbox/77/box", null, "Authorization", "Bearer good").body())
        .isEqualTo("{\"value\":\"77\"}");
  }

  @Test
  void repeatedAndBracketedQueryValuesAreOneList() throws Exception {
    assertThat(client.get("/api/query?n=a&n%5B%5D=b+c&m=x").body()).isEqualTo("[\"a\",\"b c\"]");
  }

  @Test
  void anUnknownPathIs404WithTheErrorBody() throws Exception {
    HttpResponse<String> response = client.get("/api/nothing?x=1");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .matches(
            "\\{\"path\":\"/api/nothing\",\"timestamp\":\"[0-9TZ:.-]+\",\"statusCode\":404,"
                + "\"error\":\"NOT_FOUND\",\"message\":\"Cannot GET /api/nothing\"}");
    assertThat(response.headers().firstValue("X-Daytona-Api-Version")).hasValue("v0.190.0");
  }

  @Test
  void failuresThatPassByThemselvesSayWhenToTryAgain() throws Exception {
    HttpResponse<String> full = client.get("/api/full");
    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.headers().firstValue("Retry-After")).hasValue("10");
    assertThat(full.body()).contains("\"error\":\"SERVICE_UNAVAILABLE\"");

    HttpResponse<String> crowded = client.get("/api/crowded");
    assertThat(crowded.statusCode()).isEqualTo(429);
    assertThat(crowded.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(crowded.body()).contains("\"error\":\"TOO_MANY_REQUESTS\"");
  }

  @Test
  void anotherMethodIs405AndNamesTheAllowedOnes() throws Exception {
    HttpResponse<String> response = client.send("PUT", "/api/items/1", "{}");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("DELETE, GET");
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    HttpResponse<String> response = client.send("HEAD", "/api/items/1", null);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Length")).hasValue("13");
    assertThat(response.body()).isEmpty();
    assertThat(client.get("/api/items/1").statusCode()).isEqualTo(200);
  }

  @Test
  void aPreflightFromAnyOriginIsAllowedWithoutCredentials() throws Exception {
    HttpResponse<String> response =
        client.send(
            "OPTIONS",
            "/toolbox/1/who",
            null,
            "Origin",
            "http://page.example",
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "authorization,x-daytona-source");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("authorization,x-daytona-source");
    assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void withoutCredentialsASecuredRouteIs401() throws Exception {
    HttpResponse<String> response = client.get("/toolbox/1/who");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body())
        .matches(
            "\\{\"statusCode\":401,\"message\":\"unauthorized: Invalid credentials\",\"code\":\"UNAUTHORIZED\","
                + "\"timestamp\":\"[0-9TZ:.-]+\",\"path\":\"/toolbox/1/who\",\"method\":\"GET\"}");
  }

  @Test
  void aNulInThePathIs400() throws Exception {
    HttpResponse<String> response = client.get("/api/items/a%00b");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"message\":\"The path holds a NUL character\"");
  }

  @Test
  void aForeseenFailureKeepsItsMessage() throws Exception {
    HttpResponse<String> response = client.get("/api/conflict");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body())
        .contains("\"error\":\"CONFLICT\"")
        .contains("\"message\":\"The name is taken\"");
  }

  @Test
  void anUnforeseenFailureTellsNothing() throws Exception {
    HttpResponse<String> response = client.get("/api/broken");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .contains("\"message\":\"An unexpected error occurred.\"")
        .doesNotContain("secret");
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
  }
}
