/// Settings as a fixture writes them, split so that one can be removed or inserted.
///
/// Not YAML, but as much of it as a mapping over lines needs: keys of one level share their indentation.
struct SettingsText: Sendable {
    private struct Entry: Sendable {
        let key: String
        /// The text after the colon.
        var value: String
        /// The lines below, minus their common indentation.
        var lines: [String]
    }

    private var entries: [Entry] = []

    /// Parses a mapping.
    ///
    /// - Throws: ``Observation`` for anything but a mapping over lines.
    init(_ text: String) throws(Observation) {
        try self.init(lines: text.split(separator: "\n").map(String.init))
    }

    private init(lines: [String]) throws(Observation) {
        let lines = lines.filter { !$0.drop(while: \.isWhitespace).isEmpty && $0.first { !$0.isWhitespace } != "#" }
        let indentation = lines.first.map(Self.indentation) ?? 0
        for line in lines {
            if Self.indentation(of: line) > indentation, !entries.isEmpty {
                entries[entries.count - 1].lines.append(line)
            } else {
                guard Self.indentation(of: line) == indentation, let colon = line.firstIndex(of: ":") else {
                    throw Observation("the fixture's settings are not a YAML mapping with one setting per line")
                }
                let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
                let key = line[..<colon].drop(while: \.isWhitespace)
                entries.append(Entry(key: String(key), value: String(value), lines: []))
            }
        }
    }

    var text: String { entries.isEmpty ? "{}" : lines.joined(separator: "\n") }

    private var lines: [String] {
        entries.flatMap { ["\($0.key): \($0.value)"] + $0.lines }
    }

    /// Whether there is a setting at the path.
    func contains(_ path: SettingKeys) throws(Observation) -> Bool {
        guard let key = path.first, let entry = entries.first(where: { $0.key == key }) else { return false }
        guard path.count > 1 else { return true }
        return try members(of: entry).contains(path.dropFirst())
    }

    /// The text at the path, without quotes; nil if there is none.
    func value(at path: SettingKeys) throws(Observation) -> String? {
        guard let key = path.first, let entry = entries.first(where: { $0.key == key }) else { return nil }
        guard path.count == 1 else { return try members(of: entry).value(at: path.dropFirst()) }
        let isQuoted = entry.value.count >= 2 && entry.value.first == "\"" && entry.value.last == "\""
        return isQuoted ? String(entry.value.dropFirst().dropLast()) : entry.value
    }

    /// The same settings with this value at the path, creating mappings as needed; or without the setting, for nil.
    func with(_ value: String?, at path: SettingKeys) throws(Observation) -> SettingsText {
        guard let key = path.first else { return self }
        var copy = self
        let index = entries.firstIndex { $0.key == key }
        if path.count == 1 {
            copy.entries.removeAll { $0.key == key }
            if let value { copy.entries.append(Entry(key: key, value: value, lines: [])) }
        } else if let index {
            let members = try members(of: entries[index]).with(value, at: path.dropFirst())
            copy.entries[index].value = members.entries.isEmpty ? "{}" : ""
            copy.entries[index].lines = members.lines.map { "  \($0)" }
        } else if value != nil {
            let members = try SettingsText(lines: []).with(value, at: path.dropFirst())
            copy.entries.append(Entry(key: key, value: "", lines: members.lines.map { "  \($0)" }))
        }
        return copy
    }

    private func members(of entry: Entry) throws(Observation) -> SettingsText {
        guard entry.value.isEmpty || entry.value == "{}" else {
            throw Observation("the fixture does not write the settings of '\(entry.key)' on lines of their own")
        }
        return try SettingsText(lines: entry.lines)
    }

    private static func indentation(of line: String) -> Int {
        line.prefix(while: \.isWhitespace).count
    }
}

/// The keys on the path to a setting.
typealias SettingKeys = ArraySlice<String>
