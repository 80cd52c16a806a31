package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.testing.TestToolbox.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConfigTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void aSettingIsReadAsItWasWritten() throws Exception {
    set("\"key\":\"alias.x\",\"value\":\"-log\\n  'two lines'\"");

    assertThat(get("key=alias.x")).isEqualTo("{\"value\":\"-log\\n  'two lines'\"}");
    assertThat(get("key=alias.none")).isEqualTo("{\"value\":null}");
    assertThat(get("key=" + encode("url.https://a.b/?c=d.insteadOf")))
        .isEqualTo("{\"value\":null}");
  }

  @Test
  void scopesAreApart() throws Exception {
    Repository.init(TOOLBOX, "scoped");
    set("\"key\":\"core.x\",\"value\":\"everywhere\"");
    set("\"key\":\"core.x\",\"value\":\"here\",\"scope\":\"local\",\"path\":\"scoped\"");

    assertThat(get("key=core.x&scope=local&path=scoped")).isEqualTo("{\"value\":\"here\"}");
    assertThat(get("key=core.x&scope=global")).isEqualTo("{\"value\":\"everywhere\"}");
  }

  @Test
  void theUserOfCommitsIsSet() throws Exception {
    HttpResponse<String> answer =
        TOOLBOX.post("/git/config/user", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(get("key=user.name")).isEqualTo("{\"value\":\"Ada\"}");
    assertThat(get("key=user.email")).isEqualTo("{\"value\":\"ada@example.com\"}");
  }

  private static void set(String fields) throws Exception {
    HttpResponse<String> answer = TOOLBOX.post("/git/config", "{" + fields + "}");
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
  }

  private static String get(String query) throws Exception {
    HttpResponse<String> answer = TOOLBOX.get("/git/config?" + query);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
