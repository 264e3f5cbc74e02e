import BrokerConfiguration
import IdentityBroker

extension ProviderRules {
    var settingsRules: [ConformanceCase] {
        let settings = PlacedSetting.all(of: manifest.settings)
        return [
            rule(
                "a required setting that is missing is missed where it belongs",
                because: "Somebody who forgot it is told which, and where, before the program serves anybody."
            ) { bench in
                let text = try SettingsText(bench.settings)
                for placed in settings where placed.setting.isRequired {
                    guard try placed.keys.count == 1 || text.contains(placed.keys.dropLast()) else { continue }
                    let isThere = try text.contains(placed.keys)
                    try require(
                        isThere,
                        "the fixture leaves out '\(placed.path)', which the manifest says is required"
                    )
                    let problems = try bench.problems(with: text.with(nil, at: placed.keys))
                    try require(
                        problems.contains { $0.kind == .missingKey && $0.keyPath == bench.keyPath(placed.path) },
                        "without '\(placed.path)': \(bench.summary(of: problems))"
                    )
                }
            },
            rule(
                "every optional setting may be left out, and all of them",
                because: "What the manifest says has a default must have one; least is what most people write."
            ) { bench in
                let text = try SettingsText(bench.settings)
                var least = text
                for placed in settings where !placed.setting.isRequired {
                    guard try text.contains(placed.keys) else { continue }
                    let problems = try bench.problems(with: text.with(nil, at: placed.keys))
                    try require(problems.isEmpty, "without '\(placed.path)': \(bench.summary(of: problems))")
                    least = try least.with(nil, at: placed.keys)
                }
                let problems = try bench.problems(with: least)
                try require(problems.isEmpty, "without any optional setting: \(bench.summary(of: problems))")
            },
            rule(
                "a setting of another type is refused where it stands",
                because: "A list where a text belongs is a slip, and a slip must not become a default."
            ) { bench in
                let text = try SettingsText(bench.settings)
                for placed in settings {
                    let changed = try text.with(placed.setting.form.counterexample, at: placed.keys)
                    let problems = try bench.problems(with: changed)
                    try require(
                        problems.contains { $0.kind == .wrongType && $0.keyPath == bench.keyPath(placed.path) },
                        "with another type at '\(placed.path)': \(bench.summary(of: problems))"
                    )
                }
            },
            rule(
                "a setting that the type does not have is refused by its name",
                because: "A misspelt setting that is passed over is a setting that somebody believes to be set."
            ) { bench in
                let text = try SettingsText(bench.settings)
                let places = [[]] + settings.filter(\.setting.form.isObject).map(\.keys)
                for place in places {
                    let keys = place + ["conformanceUnknown"]
                    let path = bench.keyPath(keys.joined(separator: "."))
                    let problems = try bench.problems(with: text.with("true", at: keys))
                    try require(
                        problems.contains { $0.kind == .unknownKey && $0.keyPath == path },
                        "with '\(keys.joined(separator: "."))': \(bench.summary(of: problems))"
                    )
                }
            },
            rule(
                "the settings that are read are those that the manifest lists",
                because: """
                    A setting that no manifest lists can be set by nobody, and one that nobody reads does nothing for who \
                    sets it.
                    """
            ) { bench in
                let read = try bench.readSettings(of: settings)
                let listed = Set(settings.map(\.path))
                try require(read.isSubset(of: listed), "not listed: \(Self.names(read.subtracting(listed)))")
                try require(listed.isSubset(of: read), "listed and not read: \(Self.names(listed.subtracting(read)))")
            },
            rule(
                "every setting is read as the manifest describes it",
                because:
                    "The reader checks a value against the manifest. What the type then cannot decode is its defect."
            ) { bench in
                let text = try SettingsText(bench.settings)
                for placed in settings {
                    guard let example = placed.setting.form.example else { continue }
                    let problems = try bench.problems(with: text.with(example, at: placed.keys))
                    try require(
                        !problems.contains { $0.kind == .defect },
                        "with \(example) at '\(placed.path)': \(bench.summary(of: problems))"
                    )
                }
            },
            rule(
                "a default that the manifest states is the one that holds",
                because: "Who reads what the default is leaves the setting out because of it."
            ) { bench in
                for placed in settings {
                    guard let text = placed.setting.defaultText else { continue }
                    try await bench.checkDefault(text, of: placed)
                }
            },
        ]
    }

    private static func names(_ paths: Set<String>) -> String {
        paths.sorted().joined(separator: ", ")
    }
}
