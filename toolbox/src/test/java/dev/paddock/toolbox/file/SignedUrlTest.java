package dev.paddock.toolbox.file;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Form;
import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignedUrlTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  /**
   * The signature of a URL by another program, with the key and the path of {@link #KNOWN_PATH}.
   */
  private static final String KNOWN_SIGNATURE = "v1_2HlPVtRMnGNMImPqqLPqJGCwTRNJxR4N2JYCwUNkN5A";

  private static final String KNOWN_PATH = "signed/a b+ü.txt";

  @Test
  void aFileIsDownloadedWithoutAKey() throws Exception {
    Files.createDirectories(TOOLBOX.work().resolve("signed"));
    Files.writeString(TOOLBOX.work().resolve(KNOWN_PATH), "content");

    HttpResponse<String> answer =
        TOOLBOX.send("GET", download(KNOWN_PATH, "0", KNOWN_SIGNATURE), none(), anonymous());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("content");
  }

  @Test
  void itsHeadersMayBeAskedForAlone() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("head"), "content");

    HttpResponse<String> answer =
        TOOLBOX.send(
            "HEAD", signed("GET", "/files/download", "head", never()), none(), anonymous());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("7");
  }

  @Test
  void aFormIsUploadedWithoutAKeyAndItsDirectoriesAreMade() throws Exception {
    String url = signed("POST", "/files/upload-v2", "up/by/form", inAnHour());

    HttpResponse<String> answer =
        upload(url, new Form().file("file", "sent").publisher(), Form.TYPE);

    assertThat(answer.body())
        .isEqualTo("{\"name\":\"form\",\"path\":\"up/by/form\",\"type\":\"file\"}");
    assertThat(TOOLBOX.work().resolve("up/by/form")).hasContent("sent");
  }

  @Test
  void aBodyThatIsNoFormIsTheFile() throws Exception {
    String url = signed("POST", "/files/upload-v2", "up/raw", inAnHour());

    HttpResponse<String> answer =
        upload(url, BodyPublishers.ofString("raw"), "application/octet-stream");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TOOLBOX.work().resolve("up/raw")).hasContent("raw");
  }

  @Test
  void withAKeyNoSignatureIsNeeded() throws Exception {
    HttpResponse<String> answer =
        TOOLBOX.send("POST", "/files/upload-v2?path=keyed", BodyPublishers.ofString("x"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TOOLBOX.work().resolve("keyed")).hasContent("x");
  }

  @Test
  void anExpiredUrlIs401AndSaysSo() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("old"), "content");
    String url = signed("GET", "/files/download", "old", Instant.now().getEpochSecond() - 1);

    assertRefused(TOOLBOX.send("GET", url, none(), anonymous()), "The signed URL has expired");
  }

  @Test
  void aUrlOpensNoOtherPathMethodOrTime() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("mine"), "content");
    String right = Signing.sign(TestToolbox.SIGNING_KEY, "GET", "mine", 0);

    for (String url :
        new String[] {
          download("other", "0", right),
          download("mine", "99999999999", right),
          download("mine", "0", Signing.sign(TestToolbox.SIGNING_KEY, "POST", "mine", 0)),
          download("mine", "0", Signing.sign("another key", "GET", "mine", 0)),
          download("mine", "0", ""),
          download("mine", "0", right.substring(3)),
        }) {
      assertRefused(TOOLBOX.send("GET", url, none(), anonymous()), "The signature does not fit");
    }
  }

  @Test
  void aSignatureThatDoesNotHoldIsRefusedInSpiteOfAKey() throws Exception {
    assertRefused(TOOLBOX.get(download("any", "0", "v1_wrong")), "The signature does not fit");
  }

  @Test
  void aTimeThatIsNoneIs400() throws Exception {
    for (String expires : new String[] {"", "soon", "-1", "1e9", "9999999999999999"}) {
      HttpResponse<String> answer =
          TOOLBOX.send("GET", download("any", expires, "v1_any"), none(), anonymous());

      assertThat(answer.statusCode()).as(expires).isEqualTo(400);
      assertThat(read(answer).path("message").asString()).contains("expires must be a time");
    }
  }

  @Test
  void aSignatureOpensNothingButDownloadAndUpload() throws Exception {
    String query = signed("GET", "", ".", never());

    for (String path : new String[] {"/files", "/files/info"}) {
      assertThat(TOOLBOX.send("GET", path + query, none(), anonymous()).statusCode())
          .isEqualTo(401);
    }
    assertThat(
            TOOLBOX
                .send(
                    "POST",
                    "/files/upload" + signed("POST", "", "x", never()),
                    new Form().file("file", "x").publisher(),
                    "Content-Type",
                    Form.TYPE,
                    "Authorization",
                    "none")
                .statusCode())
        .isEqualTo(401);
  }

  private static HttpResponse<String> upload(String url, BodyPublisher body, String type)
      throws Exception {
    return TOOLBOX.send("POST", url, body, "Content-Type", type, "Authorization", "none");
  }

  private static String signed(String method, String operation, String path, long expires) {
    String signature = Signing.sign(TestToolbox.SIGNING_KEY, method, path, expires);
    return operation + query(path, Long.toString(expires), signature);
  }

  private static String download(String path, String expires, String signature) {
    return "/files/download" + query(path, expires, signature);
  }

  private static String query(String path, String expires, String signature) {
    return "?path=" + TestToolbox.encode(path) + "&expires=" + expires + "&signature=" + signature;
  }

  private static void assertRefused(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(read(answer).path("message").asString()).startsWith("unauthorized: " + why);
  }

  private static long never() {
    return 0;
  }

  private static long inAnHour() {
    return Instant.now().getEpochSecond() + 3600;
  }

  private static BodyPublisher none() {
    return BodyPublishers.noBody();
  }

  private static String[] anonymous() {
    return new String[] {"Authorization", "none"};
  }
}
