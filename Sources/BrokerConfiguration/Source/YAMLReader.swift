import Yams

/// Reads the strict subset of YAML for configuration: mappings, lists and scalars in one document.
///
/// Anchors, aliases, explicit tags, directives and complex keys are refused. A file has more readers than authors, and
/// each of these gives a line a meaning that it does not show.
struct YAMLReader {
    /// The maximum nesting depth; configuration needs a handful of levels.
    static let maximumDepth = 32

    private let text: String

    init(_ bytes: [UInt8]) throws(SourceFault) {
        text = try SourceText(bytes).text
    }

    /// The document's root.
    ///
    /// - Parameter advice: What to say if there is none.
    func read(
        orIfEmpty advice: String = "The configuration is empty. Begin it with 'version: 1'."
    ) throws(SourceFault) -> SourceNode {
        try refuseIndicators()
        guard let root = try compose(text) else { throw SourceFault(.malformed, at: nil, advice) }
        return try convert(root, depth: 1)
    }

    /// Refuses every `&`, `*`, `!`, `%` and `?` with a meaning in YAML, before anything is expanded.
    ///
    /// Yams returns a tree with aliases already expanded, and hashes its keys, which takes forever for a few lines of
    /// nested aliases or complex keys. So a copy is parsed first in which these characters are replaced by `@`: where
    /// YAML would read an indicator, it now finds a character that begins no token, and anywhere else (in quotes, in
    /// comments, inside a word) an `@` is as good as the original character.
    private func refuseIndicators() throws(SourceFault) {
        let masked = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isIndicator ? "@" : $0 }))
        guard masked != text else { return }
        do {
            _ = try compose(masked)
        } catch {
            guard let position = error.position, let name = text.scalar(at: position)?.indicatorName else {
                throw error
            }
            let message = "Configuration does without YAML's \(name). Write it out, or quote it if it is text."
            throw SourceFault(.refusedSyntax, at: position, message)
        }
    }

    private func compose(_ text: String) throws(SourceFault) -> Node? {
        do {
            return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw SourceFault(error)
        }
    }

    private func convert(_ node: Node, depth: Int) throws(SourceFault) -> SourceNode {
        let position = node.position
        guard depth <= Self.maximumDepth else {
            throw SourceFault(
                .refusedSyntax, at: position, "This is nested more than \(Self.maximumDepth) levels deep.")
        }
        let content: SourceNode.Content
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, isPlain: scalar.style == .plain)
        case .sequence(let sequence):
            var elements: [SourceNode] = []
            for element in sequence {
                elements.append(try convert(element, depth: depth + 1))
            }
            content = .list(elements)
        case .mapping(let mapping):
            var members: [SourceNode.Member] = []
            for (key, value) in mapping {
                guard case .scalar(let scalar) = key else {
                    throw SourceFault(.refusedSyntax, at: key.position, "A key is a single word.")
                }
                let value = try convert(value, depth: depth + 1)
                members.append(SourceNode.Member(key: scalar.string, keyPosition: key.position, value: value))
            }
            content = .mapping(members)
        case .alias(let alias):
            throw SourceFault(.refusedSyntax, at: alias.mark.map(SourcePosition.init), "Configuration has no aliases.")
        }
        return SourceNode(content: content, position: position)
    }
}

extension Node {
    fileprivate var position: SourcePosition {
        mark.map(SourcePosition.init) ?? .start
    }
}

extension Unicode.Scalar {
    /// What the character introduces in YAML at the start of a token, if configuration does not allow that.
    var indicatorName: String? {
        switch self {
        case "&": "anchors"
        case "*": "aliases"
        case "!": "tags"
        case "%": "directives"
        case "?": "complex keys"
        default: nil
        }
    }

    /// Whether the character introduces something that configuration does not allow.
    var isIndicator: Bool { indicatorName != nil }
}
