/// What a document comes to once all of it was checked.
struct DocumentEntries: Sendable {
    let providers: [ProviderEntry]
    let store: StoreEntry
    let server: ServerEntry?
    let clients: [ClientEntry]
}
