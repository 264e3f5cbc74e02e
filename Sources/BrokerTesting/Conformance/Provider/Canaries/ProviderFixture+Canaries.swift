extension ProviderFixture {
    /// The secrets of the settings, to be searched for.
    var secretCanaries: [Canary] {
        secrets.sorted { $0.key < $1.key }.map { Canary($0.key, $0.value) }
    }
}
