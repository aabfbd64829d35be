package io.headwater.dynamodb.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Requests and replies over HTTP: "DynamoDB low-level API". Signatures are not checked. */
final class HttpEndpoint implements HttpHandler {
    static final int MAX_BYTES = 16 * 1024 * Sizes.KILOBYTE;
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");

    private final Dispatcher dispatcher;

    HttpEndpoint(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, body);
            } else {
                answerWithoutOperation(exchange);
            }
        }
    }

    /** A GET of the root asks whether the service is there. */
    private static void answerWithoutOperation(HttpExchange exchange) throws IOException {
        boolean healthy = exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().equals("/");
        String host = exchange.getRequestHeaders().getFirst("Host");
        byte[] text = (healthy ? "healthy: " + host + " " : "<UnknownOperationException/>\n")
                .getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(healthy ? 200 : 404, text.length);
        exchange.getResponseBody().write(text);
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        try {
            Map<String, Object> response = dispatcher.dispatch(call(exchange, body));
            if (response != null) {
                send(exchange, 200, response);
            }
        } catch (ServiceException e) {
            send(exchange, e.status(), e.toJson());
        } catch (RuntimeException e) {
            send(exchange, 500, ServiceException.internal(e.toString()).toJson());
            throw e;
        }
    }

    private static Call call(HttpExchange exchange, byte[] body) {
        if (body.length > MAX_BYTES) {
            throw ServiceException.tooLarge();
        }
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null || !target.contains(".")) {
            throw ServiceException.unknownOperation("the header X-Amz-Target names no operation");
        }
        String operation = target.substring(target.indexOf('.') + 1);
        return new Call(operation, accessKey(exchange), Request.of(Json.read(body)));
    }

    private static String accessKey(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Matcher matcher = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> response) throws IOException {
        byte[] body = Json.write(response);
        CRC32 checksum = new CRC32();
        checksum.update(body);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.getResponseHeaders().set("x-amz-crc32", Long.toString(checksum.getValue()));
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
