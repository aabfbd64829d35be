package io.headwater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.Capability;
import io.headwater.ConfigurationException;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.InvalidRequest;
import io.headwater.StoreUnavailable;
import io.headwater.UnsupportedCapability;
import io.headwater.spi.BackendProvider;
import io.headwater.testing.TestProviders.Mute;
import io.headwater.testing.TestProviders.Tiny;
import io.headwater.testing.TinyBackend;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L1 and E3, with the providers that {@code META-INF/services} lists for these tests. */
@Tag("locales")
class BackendsTest {
    private static final List<String> ALL = List.of(
            "driverless", "faulty", "forgetful", "greedy", "mute", "outdated", "tiny", "twina", "twinb", "unreachable");

    @Test
    void lists_what_is_installed_by_name_and_leaves_out_what_is_broken() {
        assertThat(EventStores.backends()).extracting(BackendProvider::name).containsExactlyElementsOf(ALL);
    }

    @Test
    void opens_by_any_scheme_of_the_backend() {
        try (EventStore store = EventStores.open("LITTLE:x?size=7")) {
            assertThat(store.backend()).isEqualTo("tiny");
            assertThat(Tiny.lastContext.url().path()).isEqualTo("x");
            assertThat(Tiny.lastContext.option(Tiny.SIZE)).isEqualTo(7);
            assertThat(Tiny.lastContext.option(Tiny.PASSWORD)).isEmpty();
            assertThat(Tiny.lastContext.clock().getZone()).isEqualTo(ZoneOffset.UTC);
        }
        assertThat(Tiny.lastOpened.calls).containsExactly("close");
    }

    @Test
    void a_backend_is_opened_with_the_clocks_of_the_configuration() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        EventStores.open(EventStoreConfig.of("tiny:x").clock(clock).nanoTime(() -> 42))
                .close();
        assertThat(Tiny.lastContext.clock()).isSameAs(clock);
        assertThat(Tiny.lastContext.nanoTime().getAsLong()).isEqualTo(42);
    }

    @Test
    void a_store_says_what_it_is_without_secrets() {
        EventStore store = EventStores.open("tiny:x?size=7&password=hush");
        assertThat(store).hasToString("EventStore[tiny:x?size=7&password=***, open]");
        assertThat(store.async(Runnable::run)).hasToString("AsyncEventStore[tiny:x?size=7&password=***, open]");
        store.close();
        assertThat(store).hasToString("EventStore[tiny:x?size=7&password=***, closed]");
        assertThat(EventStores.readOnlyOver("mine", new TinyBackend()))
                .hasToString("EventStore[mine, read-only, open]");
    }

    @Test
    void lets_the_configuration_beat_the_url() {
        EventStores.open(EventStoreConfig.of("tiny:x?size=7").with("size", "8")).close();
        assertThat(Tiny.lastContext.option(Tiny.SIZE)).isEqualTo(8);
    }

    @Test
    void names_what_is_installed_when_the_scheme_is_unknown() {
        assertThatThrownBy(() -> EventStores.open("nosuch:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'nosuch'")
                .hasMessageContaining("tiny, little, twin");
    }

    @Test
    void says_why_providers_that_were_found_cannot_be_used() {
        String type = "io.headwater.testing.TestProviders$";
        assertThatThrownBy(() -> EventStores.open("shy:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Cannot be used: ")
                .hasMessageContaining(type + "Shy Unable to get public no-arg constructor")
                .hasMessageContaining(type + "Stranger not a subtype")
                .hasMessageContaining(type + "Broken could not be instantiated")
                .hasMessageContaining("io.headwater.testing.NoSuchProvider not found")
                .hasMessageContaining(type + "Loud has the schemes [Loud:]: write them in lower case, and without ':'")
                .hasMessageContaining(type + "Nameless has no name: return one")
                .hasMessageContaining(type + "Schemeless has no scheme: return at least one")
                .hasMessageContaining(type + "Confused does not say what it is: java.lang.IllegalStateException")
                .hasMessageContaining("A provider is a public class with a public constructor without parameters")
                .hasMessageNotContaining("HUSH");
    }

    @Test
    void says_where_a_backend_is_registered_when_it_is_not_found(@TempDir Path folder) throws Exception {
        Path services = Files.writeString(folder.resolve("services"), Tiny.class.getName());
        ClassLoader loader = new Unlinkable(services.toUri().toURL());
        assertThatThrownBy(() -> seenBy(loader, () -> EventStores.open("mine:x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "no backend has the scheme 'mine'; installed: tiny, little. Check the spelling, or add the backend's"
                                + " artifact to the class path; a backend of your own is named in"
                                + " META-INF/services/io.headwater.spi.BackendProvider, or provided by its module");
    }

    @Test
    void tells_how_to_write_a_jdbc_url() {
        assertThatThrownBy(() -> EventStores.open("jdbc:tiny://user:HUSH@host/db?password=HUSH"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("omit 'jdbc:' and write it like tiny:")
                .hasMessageNotContaining("HUSH");
        assertThatThrownBy(() -> EventStores.open("jdbc:other:x"))
                .hasMessageContaining("no backend has the scheme 'jdbc'");
    }

    @Test
    void says_which_provider_opened_nothing() {
        assertThatThrownBy(() -> EventStores.open("forgetful:x"))
                .isInstanceOf(BackendFailure.class)
                .hasMessage(
                        "io.headwater.testing.TestProviders$Forgetful.open returned null: it must return a value or throw"
                                + " (backend=forgetful, operation=open)");
    }

    @Test
    void says_that_a_backend_was_made_for_another_version() {
        assertThatThrownBy(() -> EventStores.open("outdated:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("NoSuchMethodError: io.headwater.spi.BackendContext.executor()")
                .hasMessageContaining("compiled for another version of headwater-api");
    }

    @Test
    void names_the_known_options_when_one_is_unknown() {
        assertThatThrownBy(() -> EventStores.open("tiny:x?siz%0Ae=1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "unknown option 'siz\uFFFDe'; known: size, password, access (backend=tiny, operation=open)");
        assertThatThrownBy(() -> EventStores.open(EventStoreConfig.of("tiny:x").with("maxSize", "1")))
                .hasMessageContaining("unknown option 'maxSize' (from a setting, or the variable HEADWATER_MAX_SIZE)");
        assertThatThrownBy(() -> EventStores.open("faulty:x?a=1")).hasMessageContaining("; known: access");
    }

    @Test
    void names_key_value_and_what_is_allowed_when_a_value_is_bad() {
        assertThatThrownBy(() -> EventStores.open("tiny:x?size=11"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("option 'size' has the value '11', allowed is a whole number from 1 to 10");
    }

    @Test
    void names_both_backends_of_a_scheme() {
        assertThatThrownBy(() -> EventStores.open("twin:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TwinA")
                .hasMessageContaining("TwinB");
    }

    @Test
    void says_which_class_a_backend_without_its_driver_lacks() {
        assertThatThrownBy(() -> EventStores.open("driverless:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("com/example/Driver")
                .hasMessageContaining("class path")
                .hasMessageEndingWith("(backend=driverless, operation=open)")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void says_where_opening_failed() {
        assertThatThrownBy(() -> EventStores.open("unreachable:x"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("not reachable (backend=unreachable, operation=open)");
        assertThatThrownBy(() -> EventStores.open("faulty:x"))
                .isInstanceOf(BackendFailure.class)
                .hasMessage("unexpected failure: java.lang.IllegalStateException (backend=faulty, operation=open)");
    }

    @Test
    void closes_a_backend_that_cannot_be_used() {
        assertThatThrownBy(() -> EventStores.open("mute:x"))
                .isInstanceOf(BackendFailure.class)
                .satisfies(failure -> {
                    assertThat(failure).hasMessageContaining("backend=mute");
                    assertThat(failure.getCause()).hasMessage("HUSH");
                    assertThat(failure.getSuppressed()).hasSize(1);
                });
        assertThat(Mute.lastOpened.calls).containsExactly("close");
    }

    @Test
    void closes_a_store_that_lacks_what_is_required() {
        EventStoreConfig config = EventStoreConfig.of("tiny:x").require(Capability.SNAPSHOTS, Capability.SCAVENGE);
        assertThatThrownBy(() -> EventStores.open(config))
                .isInstanceOf(UnsupportedCapability.class)
                .hasMessageContaining("not supported by this store: scavenge;")
                .hasMessageContaining("backend=tiny");
        assertThat(Tiny.lastOpened.calls).containsExactly("close");
    }

    @Test
    void refuses_null() {
        assertThatThrownBy(() -> EventStores.open((String) null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> EventStores.open((EventStoreConfig) null)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void leaves_out_a_provider_whose_own_classes_are_missing(@TempDir Path folder) throws Exception {
        Path services = Files.writeString(folder.resolve("services"), "missing.Superclass\n" + Tiny.class.getName());
        assertThat(installedSeenBy(new Unlinkable(services.toUri().toURL())))
                .extracting(BackendProvider::name)
                .containsExactly("tiny");
    }

    @Test
    void does_not_spin_on_a_class_path_that_cannot_be_read() {
        assertThat(installedSeenBy(new Unlinkable(null)))
                .extracting(BackendProvider::name)
                .containsExactlyElementsOf(ALL);
    }

    private static List<BackendProvider> installedSeenBy(ClassLoader loader) {
        return seenBy(loader, Backends::installed);
    }

    private static <T> T seenBy(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Sees one list of services, and a class whose superclass is not there; or cannot read its class path at all. */
    private static final class Unlinkable extends ClassLoader {
        private final URL services;

        Unlinkable(URL services) {
            super(BackendsTest.class.getClassLoader());
            this.services = services;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (services == null) {
                throw new IOException("a broken jar");
            }
            return Collections.enumeration(List.of(services));
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("missing.")) {
                throw new NoClassDefFoundError("missing/Superclass");
            }
            return super.loadClass(name, resolve);
        }
    }
}
