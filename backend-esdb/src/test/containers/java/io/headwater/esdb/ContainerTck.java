package io.headwater.esdb;

import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The TCK on a server of an image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerTck extends EventStoreTck {
    private final String imageProperty;
    private final String categories;
    private EsdbContainer server;

    /** @param categories how categories are read; those of the projection only where it runs */
    ContainerTck(String imageProperty, String categories) {
        this.imageProperty = imageProperty;
        this.categories = categories;
    }

    @BeforeAll
    void start() {
        server = EsdbContainer.start(imageProperty, categories.equals("projection"));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Tck tck() {
        return EsdbFixture.tckAt(server.url() + "&categories=" + categories);
    }
}
