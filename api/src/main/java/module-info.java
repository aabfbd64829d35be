/** One API for event stores: {@code io.headwater} is what applications call, {@code io.headwater.spi} what backends implement. */
module io.headwater {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.headwater;
    exports io.headwater.spi;
    exports io.headwater.spi.support;

    uses io.headwater.spi.BackendProvider;
}
