package dev.aftercall.dev.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.http.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins by page and by device, and what follows from them. */
class SignInTest extends IssuerCalls {
  @Test
  void a_code_is_good_once_for_its_client_its_address_and_its_proof_key() throws Exception {
    Map<String, String> asked = authorization("code_challenge", "the-plain-verifier");
    String first = silentCode(asked);
    assertError(redeem(first, "code_verifier", "another"), 501481);
    assertError(redeem(first, "code_verifier", "the-plain-verifier"), 54005);
    assertError(redeem(silentCode(asked), "code_verifier", ""), 900144);
    assertError(redeem(silentCode(asked), "redirect_uri", "http://127.0.0.1:3000/x"), 70000);
    assertError(redeem(silentCode(asked), "client_id", Demo.API.clientId()), 70000);
    assertError(redeem("1.guess", "code_verifier", "the-plain-verifier"), 70008);
    String late = silentCode(asked);
    now = now.plus(Duration.ofMinutes(11));
    assertError(redeem(late, "code_verifier", "the-plain-verifier"), 70008);
    assertThat(redeem(silentCode(asked), "code_verifier", "the-plain-verifier").status())
        .isEqualTo(200);
  }

  @Test
  void a_code_without_a_proof_key_needs_the_secret() throws Exception {
    Map<String, String> asked = authorization("nonce", "n");
    assertError(redeem(silentCode(asked), "x", "x"), 7000218);
    assertThat(redeem(silentCode(asked), "client_secret", Demo.BOT.clientSecret()).status())
        .isEqualTo(200);
  }

  @Test
  void a_refresh_token_is_good_once() throws Exception {
    Map<String, String> asked = authorization("code_challenge", "v");
    JsonNode body = json(redeem(silentCode(asked), "code_verifier", "v"));
    JsonNode second = json(refresh(body, Demo.BOT));
    assertError(refresh(body, Demo.BOT), 70000);
    JsonNode third = json(refresh(second, Demo.BOT));
    assertThat(claims(third).getStringClaim("oid")).isEqualTo(Demo.ADA.oid().toString());
    assertThat(third.has("id_token")).isTrue();
    assertError(refresh(third, Demo.API), 70000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/back",
        "http://localhost@evil.example/",
        "http://evil.example\\@localhost/",
        "http://localhost.evil.example/",
        "javascript:alert(1)",
        "http://localhost/#x",
        "//localhost/",
        "https://app.demo.example/back/more",
        "http://localhost/\r\nX: y"
      })
  void no_code_ever_leaves_for_a_foreign_address(String redirect) {
    Map<String, String> asked = authorization("redirect_uri", redirect);
    Answer answer = get(SIGN_IN, encode(asked));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).doesNotContainKey("Location");
    assertThat(text(answer)).contains("AADSTS50011");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5000",
        "https://127.0.0.1/x?y=z",
        "http://[::1]:8080/",
        "https://app.demo.example/back",
        "com.demo.app://auth",
        "msalb0c7d1e2-0000-4000-8000-000000000001://auth"
      })
  void a_code_returns_to_this_machine_and_to_registered_addresses(String redirect) {
    Answer answer = get(SIGN_IN, encode(authorization("redirect_uri", redirect)));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.headers().get("Location"))
        .startsWith(redirect + (redirect.contains("?") ? "&" : "?") + "code=");
  }

  @Test
  void what_goes_wrong_after_that_is_told_to_the_application() {
    assertThat(location(authorization("login_hint", "nobody")))
        .startsWith(CALLBACK + "?error=login_required&error_description=AADSTS50058")
        .endsWith("&state=s");
    assertThat(location(authorization("scope", "https://evil.example/x")))
        .contains("error=invalid_resource");
    assertThat(location(authorization("response_type", "token")))
        .contains("error=unsupported_response_type");
    assertThat(location(authorization("response_mode", "fragment")))
        .startsWith(CALLBACK + "#code=");
    Map<String, String> cancelled = authorization("prompt", "select_account");
    cancelled.put("account", "");
    assertThat(post(SIGN_IN, cancelled).headers().get("Location")).contains("error=access_denied");
  }

  @Test
  void the_page_escapes_whatever_it_shows_and_runs_nothing() {
    Map<String, String> asked = authorization("prompt", "login");
    asked.put("state", "\"><script>alert(1)</script>");
    asked.put("<img src=x>", "'\"");
    Answer page = get(SIGN_IN, encode(asked));
    assertThat(page.status()).isEqualTo(200);
    assertThat(text(page)).doesNotContain("<script").doesNotContain("<img").contains("&lt;img");
    assertThat(page.headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'")
        .contains("form-action 'self' http://127.0.0.1:3000;")
        .doesNotContain("unsafe");
    Answer wrong = get(SIGN_IN, "client_id=%3Cscript%3E&redirect_uri=" + encode(CALLBACK));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(text(wrong)).doesNotContain("<script>");
  }

  @Test
  void a_device_waits_is_slowed_down_and_gets_its_token_once() throws Exception {
    JsonNode begun = begin();
    assertThat(begun.path("interval").asInt()).isEqualTo(5);
    assertThat(begun.path("message").asText()).contains(begun.path("user_code").asText());
    assertError(poll(begun), "authorization_pending");
    now = now.plusSeconds(2);
    assertError(poll(begun), "slow_down");
    now = now.plusSeconds(5);
    assertError(poll(begun), "authorization_pending");
    assertThat(approve(begun, Demo.BEN.oid().toString())).contains("Signed in");
    assertThat(claims(json(poll(begun))).getStringClaim("upn")).isEqualTo(Demo.BEN.upn());
    assertError(poll(begun), "bad_verification_code");
    assertThat(approve(begun, Demo.ADA.oid().toString())).contains("No device waits");
  }

  @Test
  void a_device_is_told_of_a_refusal_and_of_the_end() throws Exception {
    JsonNode declined = begin();
    assertThat(approve(declined, "")).contains("Cancelled");
    assertError(poll(declined), "authorization_declined");
    JsonNode forgotten = begin();
    now = now.plus(Duration.ofMinutes(16));
    assertError(poll(forgotten), "expired_token");
    assertThat(approve(forgotten, Demo.ADA.oid().toString())).contains("No device waits");
  }
}
