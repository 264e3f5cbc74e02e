import IdentityBroker

/// A checked part of a configuration file, and how to report problems with it.
struct CheckedSettings: Sendable {
    let file: String
    let path: SettingPath
    let value: CheckedValue

    var decoder: CheckedDecoder { CheckedDecoder(value: value) }

    /// A member of this part; empty if omitted.
    func member(_ key: String) -> CheckedSettings {
        let empty = CheckedValue(content: .object([:]), position: value.position)
        let member = value[key] ?? empty
        return part(path.appending(key, at: member.position), member)
    }

    /// An element of this part, which is a list that has it; otherwise empty.
    func element(_ index: Int) -> CheckedSettings {
        let elements = value.elements ?? []
        let empty = CheckedValue(content: .object([:]), position: value.position)
        return part(path.appending(index), elements.indices.contains(index) ? elements[index] : empty)
    }

    func problem(_ kind: ConfigurationProblem.Kind, _ message: String) -> ConfigurationProblem {
        ConfigurationProblem(kind: kind, file: file, position: value.position, keyPath: path.text, message: message)
    }

    /// All secret references in this part with their places, in file order.
    var secrets: [(reference: SecretReference, place: CheckedSettings)] {
        switch value.content {
        case .secret(let reference):
            [(reference, self)]
        case .list(let elements):
            elements.enumerated().flatMap { part(path.appending($0), $1).secrets }
        case .object(let members):
            members.sorted { $0.value.position < $1.value.position }
                .flatMap { part(path.appending($0, at: $1.position), $1).secrets }
        case .text, .boolean, .integer, .duration:
            []
        }
    }

    /// The parts of this one that are in files of their own, in file order.
    var documents: [CheckedSettings] {
        let inside: [CheckedSettings] =
            switch value.content {
            case .object(let members):
                members.sorted { $0.value.position < $1.value.position }
                    .flatMap { part(path.appending($0, at: $1.position), $1).documents }
            case .list(let elements):
                elements.enumerated().flatMap { part(path.appending($0), $1).documents }
            case .text, .boolean, .integer, .duration, .secret:
                []
            }
        return (value.file == nil ? [] : [self]) + inside
    }

    /// The names under `attributes`, here and in the files that settings name.
    var attributeNames: Set<String> {
        ([self] + documents).reduce(into: []) { $0.formUnion($1.value["attributes"]?.members?.keys.map(\.self) ?? []) }
    }

    /// What is wrong with these files.
    var problemsOfDocuments: [ConfigurationProblem] { documents.flatMap(\.value.problems) }

    /// The innermost part on the path of a decoder's keys.
    func descendant(at keys: some Collection<any CodingKey>) -> CheckedSettings {
        guard let key = keys.first else { return self }
        let child: CheckedSettings? =
            switch value.content {
            case .object(let members):
                members[key.stringValue].map { part(path.appending(key.stringValue, at: $0.position), $0) }
            case .list(let elements):
                key.intValue.flatMap { index in
                    elements.indices.contains(index) ? part(path.appending(index), elements[index]) : nil
                }
            case .text, .boolean, .integer, .duration, .secret:
                nil
            }
        return child?.descendant(at: Array(keys.dropFirst())) ?? self
    }

    private func part(_ path: SettingPath, _ value: CheckedValue) -> CheckedSettings {
        CheckedSettings(file: value.file ?? file, path: path, value: value)
    }
}

extension CheckedSettings {
    /// The problem for an error that was thrown while something was made from these settings.
    func problem(for error: any Error) -> ConfigurationProblem {
        switch error {
        case let error as BrokerError:
            let kind: ConfigurationProblem.Kind =
                switch error.kind {
                case .misconfigured: .refusedSettings
                case .unavailable: .unavailable
                default: .defect
                }
            return part(namedIn: error.message).problem(kind, redacted(error.message))
        case DecodingError.dataCorrupted(let context):
            return descendant(at: context.codingPath).problem(.refusedSettings, redacted(context.debugDescription))
        case DecodingError.keyNotFound(_, let context), DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            let message = "The program does not read this setting as it describes it. This is a bug in the program."
            return descendant(at: context.codingPath).problem(.defect, message)
        default:
            return problem(
                .defect, "The program failed on these settings (\(type(of: error))). This is a bug in the program.")
        }
    }

    /// The part that a type's message is about: the first setting given here that it names, or all of them. Only what was
    /// made from the settings knows how they must fit together, and it knows no positions.
    private func part(namedIn message: String) -> CheckedSettings {
        let words = message.split { !$0.isLetter && !$0.isNumber && $0 != "." }
        let named = words.lazy.compactMap { descendant(at: $0.split(separator: ".")) }
        // A declaration in a file of its own is named only to say what does not fit it.
        return named.first { $0.value.file == nil } ?? self
    }

    /// The innermost part on a path of keys; nil if not even the first is given.
    private func descendant(at keys: some Collection<Substring>) -> CheckedSettings? {
        guard let key = keys.first.map(String.init), value[key] != nil else { return nil }
        let child = member(key)
        return child.descendant(at: keys.dropFirst()) ?? child
    }

    /// The secret references in these settings that cannot be resolved.
    func unresolvedSecrets(by resolver: SecretResolver) -> [ConfigurationProblem] {
        secrets.compactMap { reference, place -> ConfigurationProblem? in
            do throws(BrokerError) {
                _ = try resolver.resolve(reference)
                return nil
            } catch {
                return place.problem(.unresolvedSecret, error.message)
            }
        }
    }

    /// Warnings about literal secrets in the file.
    var literalSecrets: [ConfigurationProblem] {
        secrets.compactMap { reference, place in
            guard case .literal = reference else { return nil }
            let message =
                "The secret is in the file itself, where anyone who reads the file sees it. Prefer env or file."
            return place.problem(.advice, message)
        }
    }

    /// A plugin's message without the secrets from the file, since plugins are not trusted to omit them.
    private func redacted(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            guard case .literal(let literal) = secret.reference else { return text }
            return text.replacing(literal.reveal(), with: "<redacted>")
        }
    }
}
