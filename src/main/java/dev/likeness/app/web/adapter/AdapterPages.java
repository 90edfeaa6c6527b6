package dev.likeness.app.web.adapter;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.job.JobPlace;
import dev.likeness.app.web.adapter.AdapterView.AdapterPageView;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.http.Cursors.Cursor;
import dev.likeness.app.web.http.Cursors.Direction;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The list of adapters a page at a time, newest first. */
@Component
class AdapterPages {

    private final Adapters adapters;

    AdapterPages(Adapters adapters) {
        this.adapters = adapters;
    }

    AdapterPageView page(Cursor from, int limit) {
        boolean older = from.towards() == Direction.OLDER;
        List<Adapter> found = older ? olderThan(from.place(), limit + 1) : newerThan(from.place(), limit + 1);
        boolean more = found.size() > limit;
        List<Adapter> page = new ArrayList<>(found.subList(0, more ? limit : found.size()));
        if (!older) {
            Collections.reverse(page);
        }
        // Nothing there: back to the entry that the place was taken from.
        JobPlace first = page.isEmpty() ? from.place().justOlder() : place(page.get(0));
        JobPlace last = page.isEmpty() ? from.place().justNewer() : place(page.get(page.size() - 1));
        boolean next = older ? more : !olderThan(last, 1).isEmpty();
        boolean previous = older ? !newerThan(first, 1).isEmpty() : more;
        return new AdapterPageView(
                page.stream().map(AdapterView::of).toList(),
                next ? link(last, Direction.OLDER) : null,
                previous ? link(first, Direction.NEWER) : null);
    }

    private List<Adapter> olderThan(JobPlace place, int limit) {
        return adapters.olderThan(place.createdAt(), place.id(), limit);
    }

    private List<Adapter> newerThan(JobPlace place, int limit) {
        return adapters.newerThan(place.createdAt(), place.id(), limit);
    }

    private static JobPlace place(Adapter adapter) {
        return new JobPlace(adapter.createdAt(), adapter.id());
    }

    /** The present request with another cursor. */
    private static URI link(JobPlace place, Direction towards) {
        return ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam("cursor", Cursors.write(new Cursor(towards, place)))
                .build(true)
                .toUri();
    }
}
