package io.headwater.project.documentation;

import io.headwater.project.Project;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a build refers to the artifacts, at the version of this build. */
final class Coordinates {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern JUPITER_6 = Pattern.compile("<jupiter6.version>([^<]+)</jupiter6.version>");
    private static final Pattern SLF4J = Pattern.compile("<slf4j.version>([^<]+)</slf4j.version>");
    private static final Pattern JUNIT = Pattern.compile("<junit.version>([^<]+)</junit.version>");

    private Coordinates() {}

    /** The versions come from the BOM. */
    static String ofSqlite() {
        return """
                <dependencyManagement>
                  <dependencies>
                %s
                  </dependencies>
                </dependencyManagement>

                <dependencies>
                %s
                %s
                %s
                </dependencies>""".formatted(
                        headwater("headwater-bom", "  <type>pom</type>\n  <scope>import</scope>\n")
                                .indent(4)
                                .stripTrailing(),
                        managed("headwater-api", ""),
                        managed("headwater-backend-sqlite", "  <scope>runtime</scope>\n"),
                        managed("headwater-backend-memory", "  <scope>test</scope>\n"));
    }

    /** The same in the Kotlin of Gradle, with the repositories that it does not look into by itself. */
    static String ofSqliteForGradle() {
        return """
                repositories {
                    mavenLocal()
                    mavenCentral()
                }

                dependencies {
                    implementation(platform("io.headwater:headwater-bom:%s"))
                    implementation("io.headwater:headwater-api")
                    runtimeOnly("io.headwater:headwater-backend-sqlite")
                    testRuntimeOnly("io.headwater:headwater-backend-memory")
                }""".formatted(version());
    }

    /** What a test of the memory backend by the TCK needs. */
    static String ofTck() {
        String scope = "  <scope>test</scope>\n";
        return headwater("headwater-tck", scope) + "\n"
                + headwater("headwater-backend-memory", scope) + "\n"
                + dependency("org.junit.jupiter", "junit-jupiter", fromPom("pom.xml", JUNIT), scope);
    }

    private static String headwater(String artifact, String scope) {
        return dependency("io.headwater", artifact, version(), scope);
    }

    private static String managed(String artifact, String scope) {
        return headwater(artifact, scope)
                .replaceFirst("  <version>.*</version>\n", "")
                .indent(2)
                .stripTrailing();
    }

    private static String dependency(String group, String artifact, String version, String scope) {
        return """
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                %s</dependency>""".formatted(group, artifact, version, scope);
    }

    static String version() {
        return fromPom("pom.xml", VERSION);
    }

    /** The version of Jupiter that the examples are built with. */
    static String jupiter6() {
        return fromPom("examples/pom.xml", JUPITER_6);
    }

    static String slf4j() {
        return fromPom("pom.xml", SLF4J);
    }

    private static String fromPom(String pom, Pattern element) {
        Matcher version = element.matcher(Project.read(Project.ROOT.resolve(pom)));
        if (!version.find()) {
            throw new AssertionError(pom + " has nothing like " + element);
        }
        return version.group(1);
    }
}
