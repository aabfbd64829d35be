package io.headwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventStores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that reads too few events, or other events, must not be measured. */
class PeerCorpusTest {
    private static final int EVENTS = 300;

    private PeerStore store;
    private PeerCorpus corpus;

    @BeforeEach
    void fill() throws Exception {
        store = new HeadwaterStore(EventStores.open("memory:"));
        corpus = PeerCorpus.fill(store, EVENTS, event -> event.data().length);
    }

    @Test
    void what_was_appended_is_read() throws Exception {
        assertThat(corpus.logReads(store).once()).isEqualTo(EVENTS);
        assertThat(corpus.streamReads(store).once()).isEqualTo(PeerCorpus.LENGTH);
    }

    @Test
    void a_store_that_skips_an_event_is_refused() {
        Skipping skipping = new Skipping(store);

        assertThatThrownBy(corpus.logReads(skipping)::once).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(corpus.streamReads(skipping)::once).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_store_that_hands_out_other_data_is_refused() throws Exception {
        PeerCorpus longer = PeerCorpus.fill(
                new HeadwaterStore(EventStores.open("memory:")), EVENTS, event -> event.data().length + 1);

        assertThatThrownBy(longer.logReads(store)::once).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(longer.streamReads(store)::once).isInstanceOf(IllegalStateException.class);
    }

    /** Reads one event too few. */
    private record Skipping(PeerStore whole) implements PeerStore {
        @Override
        public Appender writer(int stream) throws Exception {
            return whole.writer(stream);
        }

        @Override
        public Tally stream(int stream) throws Exception {
            return less(whole.stream(stream));
        }

        @Override
        public Tally log() throws Exception {
            return less(whole.log());
        }

        private static Tally less(Tally tally) {
            return new Tally(tally.events() - 1, tally.checksum(), tally.last());
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
