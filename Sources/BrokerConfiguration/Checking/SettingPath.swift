/// The keys that lead to a setting.
struct SettingPath: Sendable, Hashable {
    static let document = SettingPath(text: "")

    let text: String

    private init(text: String) {
        self.text = text
    }

    /// The path of a member.
    ///
    /// An unlikely key is not repeated, since it may be a misplaced secret: it becomes `…` with the position of its
    /// value.
    func appending(_ key: String, at position: SourcePosition) -> SettingPath {
        let isPresentable = key.isPresentableKey || (text == "clients" && key.isClientID)
        return appending(isPresentable ? key : "…(\(position))")
    }

    /// The path of a member whose key is a literal in the program.
    func appending(_ key: StaticString) -> SettingPath {
        appending("\(key)" as String)
    }

    /// The path of a list element.
    func appending(_ index: Int) -> SettingPath {
        SettingPath(text: "\(text)[\(index)]")
    }

    private func appending(_ key: String) -> SettingPath {
        SettingPath(text: text.isEmpty ? key : "\(text).\(key)")
    }
}

extension String {
    /// Whether the text looks like an intended key, so that a message may show it.
    var isPresentableKey: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3C, 0x5F: true  // letters, digits, - . < _
                default: false
                }
            }
    }
}
