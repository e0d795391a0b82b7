const versions = ["v1", "v2"];

export async function versioned(instance) {
  await Promise.all(
    versions.map((version) =>
      instance.register(
        async (scope) => {
          scope.get("/events", async () => version);
        },
        { prefix: `/${version}` },
      ),
    ),
  );
}
