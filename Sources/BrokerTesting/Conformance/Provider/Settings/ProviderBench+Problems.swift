import BrokerConfiguration
import IdentityBroker

extension ProviderBench {
    /// The problems of an instance with these settings, up to the point where it would serve.
    func problems(with settings: SettingsText) throws -> [ConfigurationProblem] {
        do {
            _ = try makeInstance(of: settings)
            return []
        } catch let error as ConfigurationError {
            return error.problems
        }
    }

    /// An instance with these settings; a secret that only an example refers to is readable as well.
    func makeInstance(of settings: SettingsText) throws -> ProviderInstance {
        let example = [Setting.Form.exampleSecret: "conformance-example-of-a-secret"]
        let resolver = fixture.resolver(with: example)
        let document = document(settings: settings.text)
        let entries = try configuration(document).providers
        guard let entry = entries.first else { throw Observation("the configuration does not contain the instance") }
        return try entry.makeInstance(resolver: resolver, clock: brokerClock)
    }

    /// How problems name a setting's path.
    func keyPath(_ path: String) -> String {
        "providers.\(Self.id).settings.\(path)"
    }

    /// What is wrong, and where; problems repeat nothing of the settings' values.
    func summary(of problems: [ConfigurationProblem]) -> String {
        guard !problems.isEmpty else { return "no problem was reported" }
        return problems.map { "\($0.kind) at \($0.keyPath): \($0.message)" }.joined(separator: "; ")
    }

    /// The paths of all settings that the type reads, with every object present.
    func readSettings(of settings: [PlacedSetting]) throws -> Set<String> {
        var text = try SettingsText(self.settings)
        for placed in settings {
            guard try !text.contains(placed.keys) else { continue }
            if case .object(let members) = placed.setting.form {
                if !members.contains(where: \.isRequired) { text = try text.with("{}", at: placed.keys) }
            } else if placed.setting.isRequired, let example = placed.setting.form.example {
                text = try text.with(example, at: placed.keys)
            }
        }
        let watch = SettingsWatch()
        do {
            _ = try SettingsWatch.$current.withValue(watch) { try makeInstance(of: text) }
        } catch is ConfigurationError {
            // It was read nevertheless: two examples may exclude each other, or name a file that does not exist.
        }
        // What is in a document of its own is no setting of the type.
        let documents = settings.filter(\.setting.form.isDocument).map { "\($0.path)." }
        return watch.paths.filter { path in !documents.contains { path.hasPrefix($0) } }
    }
}
