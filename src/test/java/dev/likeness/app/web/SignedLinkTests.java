package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api.Answer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signed links to files. */
class SignedLinkTests extends AuthenticatedApiTest {

    @Test
    void areFollowedWithoutAKeyAlsoAfterRotation() {
        String image = link(job());

        assertThat(anonymous.get(image).status()).isEqualTo(200);
        assertThat(anonymous.as(ADMIN).post("/v1/links/rotate").status()).isEqualTo(204);

        assertThat(anonymous.get(image).status()).isEqualTo(200);
        String anew = shop.get("/v1/jobs").at("/results/0/images/0/url");
        assertThat(anew).isNotEqualTo(image);
        assertThat(anonymous.get(anew).status()).isEqualTo(200);
    }

    @Test
    void leadToFilesAndNowhereElse() {
        String job = job();
        String file = shop.get("/v1/jobs/%s/artifacts".formatted(job)).at("/results/0/url");
        String signature = link(job).substring(link(job).indexOf('?'));

        assertThat(anonymous.get(file).status()).isEqualTo(200);
        assertThat(anonymous.get("/v1/jobs/" + job + signature).status()).isEqualTo(401);
        Answer refused = anonymous.get(URI.create(file).getPath() + signature);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/code")).isEqualTo("invalid_link");
    }

    @Test
    void leadToPicturesOfSubjects() {
        String subject = subject(shop, null).at("/id");
        Answer shown = shop.get("/v1/subjects/" + subject);

        for (String field : List.of("url", "thumbnail_url")) {
            String link = shown.at("/input_report/pictures/0/" + field);
            assertThat(anonymous.get(link).status()).isEqualTo(200);
            assertThat(anonymous.get(link.substring(0, link.indexOf('?'))).status())
                    .isEqualTo(401);
            assertThat(anonymous.get(link.replace("/pictures/0", "/pictures/1")).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void cannotBeMadeToHoldLonger() {
        String image = link(job());
        String later = image.replaceFirst("expires=[0-9]+", "expires=99999999999");

        assertThat(later).isNotEqualTo(image);
        assertThat(anonymous.get(later).status()).isEqualTo(403);
        assertThat(anonymous
                        .get(image.replaceFirst("signature=.", "signature=%20"))
                        .status())
                .isEqualTo(403);
        assertThat(anonymous.get(image.replaceFirst("key=[^&]+", "key=none")).status())
                .isEqualTo(403);
    }

    private String link(String job) {
        return shop.get("/v1/jobs/" + job).at("/images/0/url");
    }
}
