package dev.likeness.app.webhook;

import dev.likeness.app.outbound.OutboundClient;
import dev.likeness.app.outbound.OutboundException;
import dev.likeness.app.outbound.OutboundFailure;
import dev.likeness.app.outbound.TargetAddresses;
import dev.likeness.app.webhook.Deliveries.Result;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Posts to receivers. Only the status of an answer is read. */
final class WebhookClient implements AutoCloseable {

    private final OutboundClient client;
    private final Duration timeout;

    /** @param tls decides which certificates are trusted; the host name is checked in any case */
    WebhookClient(TargetAddresses addresses, Duration timeout, int connections, SSLContext tls) {
        this.client = new OutboundClient(addresses, timeout, connections, tls);
        this.timeout = timeout;
    }

    Result post(String url, Map<String, String> headers, String json) {
        HttpPost request = new HttpPost(URI.create(url));
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        try {
            int code = client.send(request, timeout, ClassicHttpResponse::getCode);
            return new Result(code, code / 100 == 2 ? null : DeliveryError.HTTP_STATUS);
        } catch (OutboundException e) {
            return new Result(null, error(e.failure()));
        }
    }

    private static DeliveryError error(OutboundFailure failure) {
        return switch (failure) {
            case PRIVATE_ADDRESS -> DeliveryError.PRIVATE_ADDRESS;
            case UNKNOWN_HOST -> DeliveryError.UNKNOWN_HOST;
            case TIMED_OUT -> DeliveryError.TIMED_OUT;
            case TLS_FAILED -> DeliveryError.TLS_FAILED;
            case CONNECTION_FAILED -> DeliveryError.CONNECTION_FAILED;
        };
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
