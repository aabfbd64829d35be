package io.headwater.docs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a build refers to the artifacts, at the version of this build. */
final class Coordinates {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    private Coordinates() {}

    static String ofSqlite() {
        return dependency("headwater-api", "") + "\n"
                + dependency("headwater-backend-sqlite", "  <scope>runtime</scope>\n");
    }

    private static String dependency(String artifact, String scope) {
        return """
                <dependency>
                  <groupId>io.headwater</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                %s</dependency>""".formatted(artifact, version(), scope);
    }

    private static String version() {
        Matcher version = VERSION.matcher(Project.read(Project.ROOT.resolve("pom.xml")));
        if (!version.find()) {
            throw new AssertionError("pom.xml has no version");
        }
        return version.group(1);
    }
}
