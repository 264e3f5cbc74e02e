/// The contents of a fully checked document.
struct DocumentEntries: Sendable {
    let providers: [ProviderEntry]
    let store: StoreEntry
    let server: ServerEntry?
    let clients: [ClientEntry]
}
