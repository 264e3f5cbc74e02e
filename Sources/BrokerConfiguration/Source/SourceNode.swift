/// A YAML node with its place in the file: the little of YAML that configuration uses.
struct SourceNode: Sendable, Equatable {
    let content: Content
    /// Where the node begins.
    let position: SourcePosition

    enum Content: Sendable, Equatable {
        /// A scalar's text. Whether it stood without quotes decides if it can be nothing, a number or a Boolean.
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
    /// Whether nothing stands here: YAML's null, of which every spelling is more likely a slip than a text.
    var isNothing: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The members, where the node is a mapping.
    var members: [Member]? {
        guard case .mapping(let members) = content else { return nil }
        return members
    }

    /// What stands here, in words.
    var kindName: String {
        switch content {
        case .scalar: isNothing ? "nothing" : "a single value"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}
