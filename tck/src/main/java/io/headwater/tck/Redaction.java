package io.headwater.tck;

import io.headwater.EventStoreConfig;
import io.headwater.StoreUrl;
import io.headwater.tck.rule.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps the secrets of a store's configuration out of what is reported: the store under test may have let them out (E3). */
final class Redaction {
    private static final String HIDDEN = "***";
    private static final Pattern PASSWORD = Pattern.compile("(?s)//[^:/?]*:(.+)@");

    /** Where slashes or the scheme were left out before user and password. */
    private static final Pattern IN_PATH = Pattern.compile("(?s)^(?:[^:@]*:)?(.+)@");

    /** What is shorter is part of any text, and no secret. */
    private static final int SHORTEST = 3;

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    static Redaction of(Optional<EventStoreConfig> config) {
        return new Redaction(config.stream()
                .flatMap(known -> secrets(known).stream())
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static List<String> secrets(EventStoreConfig config) {
        List<String> secrets = new ArrayList<>();
        Stream.concat(
                        Stream.of("//" + config.url().authority(), config.url().path()),
                        config.options().values().stream())
                .map(PASSWORD::matcher)
                .filter(Matcher::find)
                .map(password -> password.group(1))
                .forEach(password -> secrets.addAll(List.of(password, decoded(password))));
        if (config.url().authority().isEmpty()) {
            Matcher path = IN_PATH.matcher(config.url().path());
            if (path.find()) {
                secrets.add(path.group(1));
            }
        }
        config.options().forEach((name, value) -> {
            if (isHidden(name, value)) {
                secrets.add(value);
            }
        });
        return secrets;
    }

    private static String decoded(String password) {
        try {
            return URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return password;
        }
    }

    /** The URL knows which options it does not show. */
    private static boolean isHidden(String name, String value) {
        return new StoreUrl("any", "", "", Map.of(name, value)).toString().endsWith("=" + HIDDEN);
    }

    String hide(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, HIDDEN);
        }
        return shown;
    }

    List<Operation> hide(List<Operation> operations) {
        return operations.stream()
                .map(operation -> new Operation(
                        operation.number(),
                        operation.store(),
                        operation.name(),
                        hide(operation.arguments()),
                        operation.begun(),
                        operation.ended(),
                        hide(operation.outcome()),
                        operation.threw()))
                .toList();
    }
}
