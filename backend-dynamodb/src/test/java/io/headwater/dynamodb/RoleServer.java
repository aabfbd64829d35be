package io.headwater.dynamodb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A stand-in for the service that gives the credentials of roles: it knows one role, and who assumes another is denied. */
final class RoleServer implements AutoCloseable {
    private static final String ROLE = "arn:aws:iam::000000000000:role/shop";
    static final String ACCESS_KEY = "ROLEACCESSKEY";

    private static final String ENDPOINT = "aws.endpointUrlSts";
    private static final String GIVEN = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>%s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
            <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>""";
    private static final String DENIED = """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>""";

    private final HttpServer http;

    RoleServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.start();
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The role that it knows. */
    String role() {
        return ROLE;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean known =
                    List.of(request.split("&")).contains("RoleArn=" + URLEncoder.encode(ROLE, StandardCharsets.UTF_8));
            Instant expires = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
            byte[] reply = (known ? GIVEN.formatted(ACCESS_KEY, expires) : DENIED).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(known ? 200 : 403, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    @Override
    public void close() {
        System.clearProperty(ENDPOINT);
        http.stop(0);
    }
}
