package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.TextTable;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the categories. */
@Command(
        name = "categories",
        header = "List the categories and their sizes.",
        description =
                "A category is the text before the first '-' of a stream's id: the stream order-1001 belongs to the"
                        + " category order.",
        footer = {"%nExamples:", "  headwater categories", "  headwater categories --json | jq -r .category"})
final class CategoriesCommand extends StoreCommand {

    CategoriesCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        List<CategoryInfo> categories = StoreFacets.of(store, StreamCatalog.class, Capability.STREAM_CATALOG)
                .categories();
        if (categories.isEmpty()) {
            shell().note(NothingFound.inCatalog(store, ""));
        }
        if (out.json()) {
            categories.forEach(category -> out.object(json -> {
                json.writeStringProperty("category", category.name());
                json.writeNumberProperty("streams", category.streams());
                json.writeNumberProperty("events", category.events());
            }));
            return ExitCode.OK;
        }
        TextTable table = new TextTable("CATEGORY", ">STREAMS", ">EVENTS");
        categories.forEach(category ->
                table.row(category.name(), Figures.count(category.streams()), Figures.count(category.events())));
        out.table(table);
        return ExitCode.OK;
    }
}
