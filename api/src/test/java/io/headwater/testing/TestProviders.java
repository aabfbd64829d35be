package io.headwater.testing;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.StoreUnavailable;
import io.headwater.Support;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.util.List;
import java.util.Locale;

/** The providers that are installed in these tests, good ones and others. */
public final class TestProviders {
    private TestProviders() {}

    private abstract static class Named implements BackendProvider {
        @Override
        public String name() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }

        @Override
        public List<String> schemes() {
            return List.of(name());
        }

        @Override
        public String urlPattern() {
            return name() + ":name";
        }

        @Override
        public Backend open(BackendContext context) {
            return new TinyBackend();
        }
    }

    /** Opens a tiny store, and keeps what it was opened with. */
    public static final class Tiny extends Named {
        public static final OptionDescriptor<Integer> SIZE = OptionDescriptor.integer("size", 5, 1, 10, "how many");
        public static final OptionDescriptor<String> PASSWORD = OptionDescriptor.text("password", "", "the password");
        public static BackendContext lastContext;
        public static TinyBackend lastOpened;

        @Override
        public List<String> schemes() {
            return List.of("tiny", "little");
        }

        @Override
        public List<OptionDescriptor<?>> options() {
            return List.of(SIZE, PASSWORD);
        }

        @Override
        public Backend open(BackendContext context) {
            lastContext = context;
            lastOpened = new TinyBackend();
            lastOpened.capabilities = lastOpened.capabilities.with(Support.NONE, Capability.SCAVENGE);
            return lastOpened;
        }
    }

    /** Cannot be made. */
    public static final class Broken extends Named {
        public Broken() {
            throw new IllegalStateException("this provider is broken");
        }
    }

    /** Has no driver on the class path. */
    public static final class Driverless extends Named {
        @Override
        public Backend open(BackendContext context) {
            throw new NoClassDefFoundError("com/example/Driver");
        }
    }

    /** Cannot open anything now. */
    public static final class Unreachable extends Named {
        @Override
        public Backend open(BackendContext context) {
            throw new StoreUnavailable("not reachable", null);
        }
    }

    /** Has a fault in it. */
    public static final class Faulty extends Named {
        @Override
        public Backend open(BackendContext context) {
            throw new IllegalStateException("HUSH");
        }
    }

    /** Opens a store that cannot say what it can do, nor be closed. */
    public static final class Mute extends Named {
        public static TinyBackend lastOpened;

        @Override
        public Backend open(BackendContext context) {
            lastOpened = new TinyBackend() {
                @Override
                public Capabilities capabilities() {
                    throw new IllegalStateException("HUSH");
                }

                @Override
                public void close() {
                    super.close();
                    throw new IllegalStateException("cannot close either");
                }
            };
            return lastOpened;
        }
    }

    /** One of two with the same scheme. */
    public static final class TwinA extends Named {
        @Override
        public List<String> schemes() {
            return List.of("twin");
        }
    }

    /** The other of two with the same scheme. */
    public static final class TwinB extends Named {
        @Override
        public List<String> schemes() {
            return List.of("twin");
        }
    }

    /** Opens nothing. */
    public static final class Forgetful extends Named {
        @Override
        public Backend open(BackendContext context) {
            return null;
        }
    }

    /** Was compiled for an API that had another method. */
    public static final class Outdated extends Named {
        @Override
        public Backend open(BackendContext context) {
            throw new NoSuchMethodError("io.headwater.spi.BackendContext.executor()");
        }
    }

    /** Cannot be made from outside. */
    public static final class Shy extends Named {
        Shy() {}
    }

    /** Has a scheme that no URL can have, as those are read in lower case. */
    public static final class Loud extends Named {
        @Override
        public List<String> schemes() {
            return List.of("Loud:");
        }
    }

    /** Has no name. */
    public static final class Nameless extends Named {
        @Override
        public String name() {
            return null;
        }
    }

    /** Has no scheme. */
    public static final class Schemeless extends Named {
        @Override
        public List<String> schemes() {
            return List.of();
        }
    }

    /** Cannot say what it is. */
    public static final class Confused extends Named {
        @Override
        public String name() {
            throw new IllegalStateException("HUSH");
        }
    }

    /** Has an option of its own with the name of one of every store. */
    public static final class Greedy extends Named {
        @Override
        public List<OptionDescriptor<?>> options() {
            return List.of(OptionDescriptor.text("access", "", "whose"));
        }
    }

    /** Is no provider at all. */
    public static final class Stranger {}
}
