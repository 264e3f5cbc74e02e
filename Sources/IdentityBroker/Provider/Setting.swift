/// One setting of a provider type or a store kind: its key, form and meaning.
public struct Setting: Sendable, Hashable {
    /// The key in camel case.
    public var key: String
    /// The accepted form.
    public var form: Form
    /// Whether the setting is required.
    public var isRequired: Bool
    /// Whether almost everyone gives it, although it is optional: an example of a configuration has it.
    public var isUsuallyGiven = false
    /// The default, as written in YAML.
    public var defaultText: String?
    /// What it means and when to change it, in a sentence or two.
    public var documentation: String

    /// The form of a setting's value. A scalar has the type declared here, never one guessed from its spelling.
    public indirect enum Form: Sendable, Hashable {
        /// Any text.
        case text
        /// An absolute `https` or `http` URL, as ``UpstreamURL`` reads it.
        case url
        /// The same, in which each of these words in braces may stand for a segment of the path, such as `{tenant}`.
        case urlTemplate(placeholders: [String])
        /// The path of a file; a relative one, even as a default, is relative to the configuration file, and is decoded
        /// as an absolute path.
        case path
        /// A reference to a secret: ``SecretReference``.
        case secret
        /// `true` or `false`.
        case boolean
        /// A whole number within a range.
        case integer(ClosedRange<Int>)
        /// A duration such as `250ms`, `10s`, `5m`, `24h`; decoded as `Duration`.
        case duration
        /// The same, or `0s`.
        case durationOrZero
        /// A number of bytes such as `512B`, `256KiB`, `1MiB`; decoded as `Int`.
        case size
        /// One of these words.
        case choice([String])
        /// A mapping with its own settings.
        case object([Setting])
        /// A mapping of names of the author's choice to values of the same form; decoded as a dictionary.
        case mapping(Form)
        /// A list, each element of the same form.
        case list(Form)
        /// The path of a YAML file with these settings; a relative one is relative to the configuration file. The file is
        /// checked as the configuration is, and decoded as the mapping that it contains.
        case document([Setting])
    }

    /// The URL that a value of this form is, with the words in place of the placeholders; nil for another form, and for
    /// anything but such a URL.
    package static func url(in text: String, as form: Form) -> UpstreamURL? {
        switch form {
        case .url: UpstreamURL(text)
        case .urlTemplate(let names): UpstreamURL(filling(names, in: text))
        default: nil
        }
    }

    /// A URL with words in place of the placeholders, each of which is a whole segment of its path.
    private static func filling(_ names: [String], in text: String) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // The path comes after the scheme, nothing, and the authority.
        let path = parts.dropFirst(3).map { part in names.first { part == "{\($0)}" } ?? part }
        return (parts.prefix(3) + path).joined(separator: "/")
    }

    /// An optional setting.
    public static func optional(
        _ key: String,
        _ form: Form,
        default defaultText: String? = nil,
        isUsuallyGiven: Bool = false,
        _ documentation: String
    ) -> Setting {
        Setting(
            key: key, form: form, isRequired: false, isUsuallyGiven: isUsuallyGiven, defaultText: defaultText,
            documentation: documentation)
    }

    /// A required setting.
    public static func required(_ key: String, _ form: Form, _ documentation: String) -> Setting {
        Setting(key: key, form: form, isRequired: true, defaultText: nil, documentation: documentation)
    }
}
