package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and that nobody's credentials go on to the sandbox. */
final class AccessTest extends ProxyFixture {
  private static final String COOKIE =
      "Cookie: a=1; daytona-sandbox-auth-" + Sandboxes.ID + "=" + Sandboxes.TOKEN + "; b=2";
  private RawServer service;

  @BeforeEach
  void serve() throws IOException {
    service = RawServer.answering(OK);
    sandboxes.serve(3000, service.port());
    for (int port : new int[] {22_222, 33_333}) {
      sandboxes.serve(port, service.port());
    }
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  @Test
  void withoutCredentialsAPrivatePreviewIsRefused() throws Exception {
    assertThat(ask(plain("GET", 3000, "/")).status()).isEqualTo(401);
    assertThat(service.sawNothing()).isTrue();
  }

  @Test
  void anAcceptedBearerIsStripped() throws Exception {
    assertThat(ask(plain("GET", 3000, "/", "Authorization: Bearer " + Sandboxes.API_KEY)).status())
        .isEqualTo(200);
    assertThat(service.nextHead()).doesNotContainIgnoringCase("authorization");
  }

  @Test
  void theTokenHeaderOpensAndIsStripped() throws Exception {
    assertThat(ask(get(3000, "/")).status()).isEqualTo(200);
    assertThat(service.nextHead()).doesNotContain(Sandboxes.TOKEN);
  }

  @Test
  void theQueryKeyOpensIsStrippedAndBecomesACookie() throws Exception {
    Wire.Response response =
        ask(plain("GET", 3000, "/x?a=1&DAYTONA_SANDBOX_AUTH_KEY=" + Sandboxes.TOKEN + "&b=2"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.head())
        .contains(
            "daytona-sandbox-auth-"
                + Sandboxes.ID
                + "="
                + Sandboxes.TOKEN
                + "; Path=/; Max-Age=3600; Domain=proxy.localhost; HttpOnly; SameSite=Lax\r\n");
    assertThat(service.nextHead())
        .startsWith("GET /x?a=1&b=2 HTTP/1.1")
        .doesNotContain(Sandboxes.TOKEN);
  }

  @Test
  void theCookieIsSecureBehindTls() throws Exception {
    proxy.close();
    proxy = startProxy("https", 1);
    assertThat(ask(plain("GET", 3000, "/?DAYTONA_SANDBOX_AUTH_KEY=" + Sandboxes.TOKEN)).head())
        .contains("SameSite=Lax; Secure\r\n");
  }

  @Test
  void aPersonWhoFollowsALinkWithTheKeyIsSentToTheAddressWithoutIt() throws Exception {
    Wire.Response response =
        ask(
            plain(
                "GET",
                3000,
                "//x?a=1&DAYTONA_SANDBOX_AUTH_KEY=" + Sandboxes.TOKEN,
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document"));
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.has("Location: http://" + host(3000) + "//x?a=1\r\n")).isTrue();
    assertThat(response.head()).contains("daytona-sandbox-auth-");
    assertThat(service.sawNothing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "?DAYTONA_SANDBOX_AUTH_KEY=TOKEN, ''",
    "?a=1&DAYTONA_SANDBOX_AUTH_KEY=TOKEN&b=2, ?a=1&b=2",
    "?next=/x%3FDAYTONA_SANDBOX_AUTH_KEY%3DTOKEN&b=2, ?b=2",
    "?a=1&b=2, ?a=1&b=2",
  })
  void theKeyIsStrippedFromTheAddressOfThePageThatAsks(String sent, String seen) throws Exception {
    String page = "Referer: http://" + host(3000) + "/page";
    ask(get(3000, "/style.css", page + sent.replace("TOKEN", Sandboxes.TOKEN)));
    assertThat(service.nextHead()).contains(page + seen + "\r\n").doesNotContain(Sandboxes.TOKEN);
  }

  @Test
  void theCookieOpensAndOnlyItIsStripped() throws Exception {
    assertThat(ask(plain("GET", 3000, "/", COOKIE)).status()).isEqualTo(200);
    assertThat(service.nextHead()).containsIgnoringCase("cookie: a=1; b=2\r\n");
  }

  @Test
  void theCookieCountsForPagesOfTheSameSandbox() throws Exception {
    assertThat(ask(plain("GET", 3000, "/", COOKIE, "Origin: http://" + host(5173))).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://3000-99999999-2222-3333-4444-555555555555.proxy.localhost:4000",
        "http://3000-11111111-2222-3333-4444-555555555555.evil.example",
        "null"
      })
  void theCookieDoesNotCountForPagesOfOthers(String origin) throws Exception {
    assertThat(ask(plain("GET", 3000, "/", COOKIE, "Origin: " + origin)).status()).isEqualTo(401);
  }

  @Test
  void aBearerThatFailsIsLeftInPlaceAndTheNextProofIsTried() throws Exception {
    assertThat(ask(get(3000, "/", "Authorization: Bearer of-the-app")).status()).isEqualTo(200);
    assertThat(service.nextHead()).contains("Authorization: Bearer of-the-app\r\n");
  }

  @Test
  void basicCredentialsBelongToTheApp() throws Exception {
    assertThat(ask(get(3000, "/", "Authorization: Basic b3BlbmNvZGU6eA==")).status())
        .isEqualTo(200);
    assertThat(service.nextHead()).contains("Authorization: Basic b3BlbmNvZGU6eA==\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", "preview-token-of-the-sandboxx", "preview-token"})
  void aWrongTokenIsRefused(String token) throws Exception {
    assertThat(ask(plain("GET", 3000, "/", "X-Daytona-Preview-Token: " + token)).status())
        .isEqualTo(401);
  }

  @Test
  void aSandboxWithoutATokenIsNotOpenedByAnEmptyOne() throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, false, "", true, "started"));
    assertThat(ask(plain("GET", 3000, "/", "X-Daytona-Preview-Token: ")).status()).isEqualTo(401);
  }

  @Test
  void aPublicSandboxNeedsNoCredentials() throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, true, Sandboxes.TOKEN, true, "started"));
    assertThat(ask(plain("GET", 3000, "/")).status()).isEqualTo(200);
  }

  @Test
  void aPublicSandboxDoesNotSeeAnApiKeyThatIsSentAnyway() throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, true, Sandboxes.TOKEN, true, "started"));
    ask(plain("GET", 3000, "/", "Authorization: Bearer " + Sandboxes.API_KEY));
    assertThat(service.nextHead()).doesNotContain(Sandboxes.API_KEY);
  }

  @Test
  void aPublicSandboxDoesNotSeeAnApiKeyThatCannotBeLookedUp() throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, true, Sandboxes.TOKEN, true, "started"));
    sandboxes.keysAreOutOfReach = true;
    assertThat(ask(plain("GET", 3000, "/", "Authorization: Bearer " + Sandboxes.API_KEY)).status())
        .isEqualTo(200);
    assertThat(service.nextHead()).doesNotContainIgnoringCase("authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer dtn_of-another", "bearer   dtn_of-another", "dtn_of-another"})
  void anApiKeyThatDoesNotOpenTheSandboxIsStrippedAllTheSame(String value) throws Exception {
    ask(get(3000, "/", "Authorization: " + value));
    assertThat(service.nextHead()).doesNotContain("dtn_");
  }

  @Test
  void aTokenOfTheAppMayHoldTheLettersOfOurKeysInItsMiddle() throws Exception {
    ask(get(3000, "/", "Authorization: Bearer eyJhdtn_x.-dtn_y"));
    assertThat(service.nextHead()).contains("Authorization: Bearer eyJhdtn_x.-dtn_y\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {22_222, 2_280, 33_333})
  void somePortsArePrivateEvenInAPublicSandbox(int port) throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, true, Sandboxes.TOKEN, true, "started"));
    assertThat(ask(plain("GET", port, "/")).status()).isEqualTo(401);
  }

  @Test
  void manyRequestsCostFewLookups() throws Exception {
    try (Wire wire = Wire.to(proxy.port())) {
      for (int i = 0; i < 200; i++) {
        wire.send(get(3000, "/")).response();
      }
    }
    assertThat(sandboxes.lookups.get()).isLessThanOrEqualTo(20);
  }
}
