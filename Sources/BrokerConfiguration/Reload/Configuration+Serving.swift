extension Configuration {
    /// What stands against taking this configuration up in the place of another, as far as the service is concerned.
    func problemsOfServing(after old: Configuration) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if server?.source.value != old.server?.source.value {
            problems.append(needsRestart("server", "The service", at: server?.source))
        }
        let isAlike = clients.elementsEqual(old.clients) { $0.id == $1.id && $0.source.value == $1.source.value }
        if !isAlike {
            problems.append(needsRestart("clients", "The list of clients", at: clients.first?.source))
        }
        return problems
    }

    private func needsRestart(_ key: String, _ subject: String, at place: CheckedSettings?) -> ConfigurationProblem {
        ConfigurationProblem(
            kind: .needsRestart,
            file: store.source.file,
            position: place?.value.position,
            keyPath: SettingPath.document.appending(key).text,
            message: "\(subject) cannot be changed while the broker runs. Restart it, or put back what stood here."
        )
    }
}
