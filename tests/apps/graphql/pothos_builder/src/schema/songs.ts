import { builder } from "./builder";

const Song = builder.objectRef<{ id: string; title: string }>("Song");
Song.implement({ fields: (t) => ({ id: t.exposeID("id"), title: t.exposeString("title") }) });

builder.queryFields((t) => ({
  songs: t.field({ type: [Song], resolve: listSongs }),
  song: t.field({
    type: Song,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }) => ({ id: String(id), title: "Ae Fond Kiss" }),
  }),
}));

builder.mutationField("addSong", (t) =>
  t.field({
    type: Song,
    args: { title: t.arg.string({ required: true }) },
    resolve: async (_root, { title }) => ({ id: "1", title }),
  }),
);

builder.subscriptionField("rehearsalMoved", (t) =>
  t.string({
    subscribe: async function* () {
      yield "now";
    },
    resolve: (value) => String(value),
  }),
);

function listSongs() {
  return [];
}
