extension ProviderFixture {
    /// The secrets of the settings and those that logins share, to be searched for.
    var secretCanaries: [Canary] {
        secrets.sorted { $0.key < $1.key }.map { Canary($0.key, $0.value) }
            + sharedSecrets.map { Canary("a secret that the upstream issued to the app", $0) }
    }
}
