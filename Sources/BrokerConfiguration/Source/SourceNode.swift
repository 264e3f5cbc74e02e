/// A YAML node with its position in the file: the subset of YAML that configuration uses.
struct SourceNode: Sendable, Equatable {
    let content: Content
    /// Where the node begins.
    let position: SourcePosition

    enum Content: Sendable, Equatable {
        /// A scalar's text. Only an unquoted one can be null, a number or a Boolean.
        case scalar(String, isPlain: Bool)
        case list([SourceNode])
        case mapping([Member])
    }

    struct Member: Sendable, Equatable {
        let key: String
        let keyPosition: SourcePosition
        let value: SourceNode
    }
}

extension SourceNode {
    /// Whether this is YAML's null, any spelling of which is more likely a mistake than a text.
    var isNothing: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The members, if the node is a mapping.
    var members: [Member]? {
        guard case .mapping(let members) = content else { return nil }
        return members
    }

    /// The kind of node, in words.
    var kindName: String {
        switch content {
        case .scalar: isNothing ? "nothing" : "a single value"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}
