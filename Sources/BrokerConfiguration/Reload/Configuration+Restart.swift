extension Configuration {
    /// The configuration of a running service.
    ///
    /// - Throws: ``ConfigurationError`` if the file has no `server`, which a service cannot apply.
    public func servedEntry() throws(ConfigurationError) -> ServerEntry {
        guard let server else {
            let place = store.source.root.member("server")
            throw ConfigurationError(problems: [place.problem(.missingKey, "'server' is missing, but a service runs.")])
        }
        return server
    }

    /// The settings below `server` that a running service applies.
    private static let serverSettingsTakenUp: Set = [
        "keyEncryptionKey", "metricsFrom", "limits.clientRate", "limits.addressRate",
        "limits.transactionRate",
    ]

    /// The settings that differ from those at startup, and that are read only then.
    func settingsNeedingRestart(since started: Configuration) -> [ConfigurationProblem] {
        var settings = serverDifferences(from: started).filter { !isTakenUp($0, since: started) }
        if !store.isAlike(started.store) { settings.append(store.source) }
        return settings.map { $0.needsRestart }
    }

    private func isTakenUp(_ setting: CheckedSettings, since old: Configuration) -> Bool {
        Self.isTakenUp(setting.path.text, by: self, after: old)
    }

    /// Whether a running service applies a setting, by its path.
    static func isTakenUp(_ path: String, by new: Configuration, after old: Configuration) -> Bool {
        let key = path.dropFirst("server.".count)
        // A certificate can be replaced, but plain HTTP cannot become TLS.
        if key.hasPrefix("tls."), new.server?.tls != nil, old.server?.tls != nil { return true }
        return serverSettingsTakenUp.contains { key == $0 || key.hasPrefix("\($0).") }
    }

    /// The settings of the service, with their defaults, by path.
    var serverSettings: [String: CheckedValue.Content] {
        server?.source.contents(of: ServerSettings.all) ?? [:]
    }

    /// The settings of a service that was started with another configuration and has applied what it can from this one.
    func serverSettingsRunning(since started: Configuration) -> [String: CheckedValue.Content] {
        // Without the section, nothing in it is applied.
        guard server != nil else { return started.serverSettings }
        func isTakenUp(_ path: String) -> Bool { Self.isTakenUp(path, by: self, after: started) }
        let kept = started.serverSettings.filter { !isTakenUp($0.key) }
        return kept.merging(serverSettings.filter { isTakenUp($0.key) }) { $1 }
    }

    private func serverDifferences(from old: Configuration) -> [CheckedSettings] {
        switch (old.server, server) {
        case (nil, nil):
            []
        case (let old?, let new?):
            new.source.differences(from: old.source, of: ServerSettings.all)
        case (nil, let new?):
            [new.source]
        case (_?, nil):
            [store.source.root.member("server")]
        }
    }
}

extension CheckedSettings {
    var needsRestart: ConfigurationProblem {
        problem(.needsRestart, "'\(path.text)' takes effect after a restart.")
    }

    /// The document, without its members.
    var root: CheckedSettings {
        CheckedSettings(
            file: file, path: .document, value: CheckedValue(content: .object([:]), position: .start))
    }
}
