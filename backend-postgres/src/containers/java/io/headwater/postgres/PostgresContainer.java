package io.headwater.postgres;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, until it is closed. */
final class PostgresContainer implements AutoCloseable {
    private final PostgreSQLContainer running;

    private PostgresContainer(PostgreSQLContainer running) {
        this.running = running;
    }

    /** Of the image that this system property names. */
    static PostgresContainer start(String imageProperty) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "the profile 'containers' needs Docker, or another engine with its interface, and none"
                            + " was found: start it, let this user use it or name it in DOCKER_HOST, or leave the profile out");
        }
        DockerImageName image =
                DockerImageName.parse(System.getProperty(imageProperty)).asCompatibleSubstituteFor("postgres");
        PostgreSQLContainer container = new PostgreSQLContainer(image);
        container.start();
        return new PostgresContainer(container);
    }

    /** The URL of the store in this schema. */
    String url(String namespace) {
        return "postgresql://%s:%s@%s:%s/%s?namespace=%s"
                .formatted(
                        running.getUsername(),
                        running.getPassword(),
                        running.getHost(),
                        running.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        running.getDatabaseName(),
                        namespace);
    }

    @Override
    public void close() {
        running.close();
    }
}
