package dev.likeness.app.upload;

import dev.likeness.app.outbound.OutboundClient;
import dev.likeness.app.outbound.OutboundException;
import dev.likeness.app.outbound.TargetAddresses;
import dev.likeness.app.outbound.TargetUrl;
import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.RefusedPictureException;
import dev.likeness.app.security.Owners;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * Fetches pictures from URLs that callers name: from public addresses only, also after redirects, and no more bytes than
 * an upload may have. Owners take turns, because a slow server holds a thread.
 */
@Component
class PictureDownloads implements AutoCloseable {

    private static final int AT_ONCE = 8;
    private static final int OF_AN_OWNER = 2;
    private static final int OK = 200;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    private final Turns turns = new Turns(AT_ONCE, OF_AN_OWNER);
    private final ImageUrlSettings settings;
    private final UploadSettings uploads;
    private final OutboundClient client;
    private final InstantSource clock = InstantSource.system();

    @Autowired
    PictureDownloads(ImageUrlSettings settings, UploadSettings uploads, SslBundles bundles) {
        this(
                settings,
                uploads,
                new TargetAddresses(settings.allowPrivate(), InetAddress::getAllByName),
                tls(settings.sslBundle(), bundles));
    }

    PictureDownloads(ImageUrlSettings settings, UploadSettings uploads, TargetAddresses addresses, SSLContext tls) {
        this.settings = settings;
        this.uploads = uploads;
        this.client = new OutboundClient(addresses, settings.timeout(), AT_ONCE, tls);
    }

    private static SSLContext tls(@Nullable String bundle, SslBundles bundles) {
        return bundle == null
                ? SSLContexts.createDefault()
                : bundles.getBundle(bundle).createSslContext();
    }

    /**
     * Fetches files, one after the other.
     *
     * @param archive whether the only file may be an archive, which is larger than a picture
     * @param temporary owns the files
     * @throws UnusablePicturesException naming every URL whose file was not received
     */
    List<Upload> fetch(List<String> urls, PictureLimits limits, boolean archive, TemporaryFiles temporary) {
        if (urls.isEmpty()) {
            return List.of();
        }
        List<PictureProblem> problems = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            int index = i;
            TargetUrl.check(urls.get(i))
                    .ifPresent(why -> problems.add(problem(index, urls.get(index), Kind.NOT_FETCHED, why)));
        }
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
        String owner = Owners.present();
        turns.enter(owner);
        try {
            return fetchAll(urls, limits, archive, temporary);
        } finally {
            turns.leave(owner);
        }
    }

    private List<Upload> fetchAll(List<String> urls, PictureLimits limits, boolean archive, TemporaryFiles temporary) {
        List<PictureProblem> problems = new ArrayList<>();
        List<Upload> files = new ArrayList<>();
        Instant end = clock.instant().plus(settings.totalTimeout());
        long total = limits.totalSize().toBytes();
        long most = archive ? total : Math.min(total, uploads.maxFileSize().toBytes());
        for (int i = 0; i < urls.size(); i++) {
            Path file = temporary.create();
            try {
                long size = fetch(urls.get(i), file, most, end);
                files.add(new Upload(name(urls.get(i)), size, () -> Files.newInputStream(file), Upload.IMAGE_URLS));
                total -= size;
            } catch (RefusedPictureException e) {
                problems.add(problem(i, urls.get(i), e.kind(), e.reason()));
            }
            if (total < 0) {
                problems.add(new PictureProblem(
                        null,
                        null,
                        Kind.TOO_LARGE,
                        "The pictures have a total size of more than %s."
                                .formatted(PictureIntake.megabytes(
                                        limits.totalSize().toBytes())),
                        Upload.IMAGE_URLS));
                break;
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
        return files;
    }

    private long fetch(String url, Path file, long most, Instant endOfAll) throws RefusedPictureException {
        Instant end = clock.instant().plus(settings.timeout());
        URI target = URI.create(url);
        for (int redirects = 0; redirects <= settings.maxRedirects(); redirects++) {
            Duration left = Duration.between(clock.instant(), end.isBefore(endOfAll) ? end : endOfAll);
            Answer answer = send(target, file, most, left);
            URI next = answer.redirect();
            if (next == null) {
                return answer.size();
            }
            target = next;
        }
        throw notFetched("was redirected more than %d times".formatted(settings.maxRedirects()));
    }

    private Answer send(URI target, Path file, long most, Duration left) throws RefusedPictureException {
        if (left.isNegative() || left.isZero()) {
            throw tooSlow();
        }
        // Of other characters the client would send a question mark.
        HttpGet request = new HttpGet(URI.create(target.toASCIIString()));
        request.setHeader(HttpHeaders.ACCEPT, "image/png, image/jpeg, image/webp, application/zip, */*;q=0.5");
        Object result;
        try {
            result = client.<Object>send(request, left, response -> {
                try {
                    return read(response, target, file, most);
                } catch (RefusedPictureException e) {
                    return e;
                }
            });
        } catch (OutboundException e) {
            throw refusal(e);
        }
        if (result instanceof RefusedPictureException refused) {
            throw refused;
        }
        return (Answer) result;
    }

    private static Answer read(ClassicHttpResponse response, URI target, Path file, long most)
            throws IOException, RefusedPictureException {
        int status = response.getCode();
        if (REDIRECTS.contains(status)) {
            return new Answer(0, redirect(response, target));
        }
        if (status != OK) {
            throw notFetched(
                    "was answered with status %d; send a URL that leads to the file without a login".formatted(status));
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw notFetched("was answered without a file");
        }
        if (entity.getContentLength() > most) {
            throw tooLarge(most);
        }
        long size = 0;
        // The client closes it.
        InputStream in = entity.getContent();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > most) {
                    throw tooLarge(most);
                }
                out.write(buffer, 0, read);
            }
        }
        return new Answer(size, null);
    }

    /** A page of the internet must not choose what a URL of a request may not name. */
    private static URI redirect(ClassicHttpResponse response, URI target) throws RefusedPictureException {
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        try {
            if (location == null) {
                throw notFetched("was redirected to nowhere");
            }
            URI next = target.resolve(new URI(location.getValue()));
            Optional<String> why = TargetUrl.check(next.toString());
            if (why.isPresent()) {
                throw notFetched("was redirected to a URL that is not permitted: a URL " + why.get());
            }
            if (isSecure(target) && !isSecure(next)) {
                throw notFetched("was redirected from https to http");
            }
            return next;
        } catch (URISyntaxException e) {
            throw notFetched("was redirected to something that is not a URL");
        }
    }

    private static boolean isSecure(URI target) {
        return "https".equals(target.getScheme().toLowerCase(Locale.ROOT));
    }

    private RefusedPictureException refusal(OutboundException e) {
        return switch (e.failure()) {
            case PRIVATE_ADDRESS ->
                notFetched("leads to an address that is not on the public internet; the operator can allow it"
                        + " with likeness.image-urls.allow-private=true");
            case UNKNOWN_HOST -> notFetched("has a host name that cannot be resolved");
            case TIMED_OUT -> tooSlow();
            case TLS_FAILED -> notFetched("has no trusted TLS certificate");
            case CONNECTION_FAILED -> notFetched("could not be fetched, because the connection failed");
        };
    }

    private RefusedPictureException tooSlow() {
        return notFetched("did not arrive in time (%d s for a file, %d s for all of a request)"
                .formatted(
                        settings.timeout().toSeconds(), settings.totalTimeout().toSeconds()));
    }

    private static RefusedPictureException tooLarge(long most) {
        return new RefusedPictureException(
                Kind.TOO_LARGE, "has more than the %s allowed".formatted(PictureIntake.megabytes(most)));
    }

    private static RefusedPictureException notFetched(String reason) {
        return new RefusedPictureException(Kind.NOT_FETCHED, reason);
    }

    private static PictureProblem problem(int index, String url, Kind kind, String reason) {
        String shown = PictureIntake.oneLine(TargetUrl.shown(url));
        return new PictureProblem(index, shown, kind, "%s %s.".formatted(shown, reason), Upload.IMAGE_URLS);
    }

    /** The last part of the path. */
    private static String name(String url) {
        URI uri = URI.create(url);
        String path = uri.getPath();
        String last = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        return last.isBlank() ? uri.getHost() : last;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /**
     * A received file, or its next URL.
     *
     * @param redirect null for a received file
     */
    private record Answer(long size, @Nullable URI redirect) {}
}
