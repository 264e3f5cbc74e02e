import BrokerConfiguration
import IdentityBroker

extension ProviderRules {
    var settingsRules: [ConformanceCase] {
        let settings = PlacedSetting.all(of: manifest.settings)
        return [
            rule(
                "a missing required setting is reported where it belongs",
                because: "An operator who forgot it learns which, and where, before the program serves anyone."
            ) { bench in
                let text = try SettingsText(bench.settings)
                for placed in settings where placed.setting.isRequired {
                    guard try placed.keys.count == 1 || text.contains(placed.keys.dropLast()) else { continue }
                    let isThere = try text.contains(placed.keys)
                    try require(
                        isThere,
                        "the fixture omits '\(placed.path)', which the manifest requires"
                    )
                    let problems = try bench.problems(with: text.with(nil, at: placed.keys))
                    try require(
                        problems.contains { $0.kind == .missingKey && $0.keyPath == bench.keyPath(placed.path) },
                        "without '\(placed.path)': \(bench.summary(of: problems))"
                    )
                }
            },
            rule(
                "every optional setting may be omitted, and all of them together",
                because: "A default declared in the manifest must exist; most people write as little as possible."
            ) { bench in
                let text = try SettingsText(bench.settings)
                var least = text
                let optional = Set(settings.filter { !$0.setting.isRequired }.map(\.path))
                for path in fixture.settingsWithAlternatives.sorted() {
                    try require(optional.contains(path), "the fixture lists '\(path)', which is no optional setting")
                }
                for placed in settings where !placed.setting.isRequired {
                    let isNeeded = fixture.settingsWithAlternatives.contains(placed.path)
                    guard try text.contains(placed.keys) else {
                        try require(!isNeeded, "the fixture lists '\(placed.path)', and does not give it")
                        continue
                    }
                    let problems = try bench.problems(with: text.with(nil, at: placed.keys))
                    if isNeeded {
                        try require(
                            problems.contains { $0.message.contains(placed.path) },
                            "without '\(placed.path)' and its alternative: \(bench.summary(of: problems))")
                        continue
                    }
                    try require(problems.isEmpty, "without '\(placed.path)': \(bench.summary(of: problems))")
                    least = try least.with(nil, at: placed.keys)
                }
                let problems = try bench.problems(with: least)
                try require(problems.isEmpty, "without any optional setting: \(bench.summary(of: problems))")
            },
            rule(
                "a setting of another type is refused at its position",
                because: "A list in place of a text is a mistake, which must not become a default."
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
                "an unknown setting is refused by name",
                because: "If a misspelled setting is ignored, its author believes it to be in effect."
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
                "the settings read are those that the manifest lists",
                because:
                    "A setting that is not in the manifest cannot be set, and one that is never read has no effect."
            ) { bench in
                let read = try bench.readSettings(of: settings)
                let listed = Set(settings.map(\.path))
                try require(read.isSubset(of: listed), "not listed: \(Self.names(read.subtracting(listed)))")
                try require(listed.isSubset(of: read), "listed but never read: \(Self.names(listed.subtracting(read)))")
            },
            rule(
                "every setting is read as the manifest describes it",
                because:
                    "Values are checked against the manifest. If the type then cannot decode one, that is its bug."
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
                "a default stated in the manifest is the actual one",
                because: "People omit a setting because of its documented default."
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
