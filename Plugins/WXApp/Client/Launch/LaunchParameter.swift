/// The strings that make up a launch request, by their names in configuration, and the rules for each.
enum LaunchParameter: String, Sendable {
    case userPoolId
    case userName
    case appId
    case path

    func check(_ value: String) throws(WXAppLaunchError) {
        guard !value.isEmpty else { throw WXAppLaunchError(.empty, in: self) }
        guard value.unicodeScalars.allSatisfy(\.isVisible) else { throw WXAppLaunchError(.notVisible, in: self) }
        if self == .path {
            // By bytes, since a combining mark after "?" forms another Character with it.
            guard value.utf8.first == UInt8(ascii: "/") else { throw WXAppLaunchError(.notAbsolute, in: self) }
            guard !value.utf8.contains(where: Self.endsPath) else { throw WXAppLaunchError(.hasQuery, in: self) }
        }
    }

    private static func endsPath(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}
