package io.headwater.verification.generated;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Names are taken for each other where one of these makes the same of both. */
final class NameKeys {
    static final Map<String, UnaryOperator<String>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("in small letters", name -> name.toLowerCase(Locale.ROOT));
        ALL.put("in capitals", name -> name.toUpperCase(Locale.ROOT));
        ALL.put("in normal form C", name -> Normalizer.normalize(name, Normalizer.Form.NFC));
        ALL.put("in normal form KC", name -> Normalizer.normalize(name, Normalizer.Form.NFKC));
        ALL.put(
                "without accents",
                name -> Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", ""));
        ALL.put("without blanks at the end", String::stripTrailing);
        ALL.put("without blanks at the beginning", String::stripLeading);
        ALL.put("with blanks joined", name -> name.replaceAll(" +", " "));
        ALL.put("in the first 64 characters", name -> first(name, 64));
        ALL.put("in the first 128 characters", name -> first(name, 128));
        ALL.put("in the first 250 characters", name -> first(name, 250));
        ALL.put("with _ for -", name -> name.replace('-', '_'));
        ALL.put("with / for \\", name -> name.replace('\\', '/'));
        ALL.put("up to a colon", name -> name.indexOf(':') > 0 ? name.substring(0, name.indexOf(':')) : name);
        ALL.put("up to a slash", name -> name.indexOf('/') > 0 ? name.substring(0, name.indexOf('/')) : name);
        ALL.put("up to a #", name -> name.indexOf('#') > 0 ? name.substring(0, name.indexOf('#')) : name);
        ALL.put("with a blank for +", name -> name.replace('+', ' '));
        ALL.put(
                "with escapes of % decoded",
                name -> name.replace("%2F", "/").replace("%20", " ").replace("%25", "%"));
        ALL.put("without characters of no width", name -> name.replaceAll("[\\x{200B}-\\x{200D}\\x{FEFF}]", ""));
        ALL.put("without characters beyond the basic plane", name -> name.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?"));
        ALL.put("without zeros before numbers", name -> name.replaceAll("(?<![0-9])0+(?=[0-9])", ""));
        ALL.put("without quotation marks", name -> name.replace("'", "").replace("\"", ""));
    }

    private NameKeys() {}

    private static String first(String name, int count) {
        return name.substring(0, Math.min(count, name.length()));
    }
}
