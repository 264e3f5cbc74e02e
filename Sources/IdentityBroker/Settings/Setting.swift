/// One setting of a provider type or a store kind: what configuration may say, and what it means.
public struct Setting: Sendable, Hashable {
    /// The key in camel case.
    public var key: String
    /// What may stand there.
    public var form: Form
    /// Whether it has to stand there.
    public var isRequired: Bool
    /// What holds where nothing stands, as one would write it.
    public var defaultText: String?
    /// What it means and when to change it, in a sentence or two.
    public var documentation: String

    /// What may stand at a setting. A scalar's type is this one, never a guess from its spelling.
    public indirect enum Form: Sendable, Hashable {
        /// Any text.
        case text
        /// An absolute `https` or `http` URL, as ``UpstreamURL`` reads it.
        case url
        /// The path of a file; a relative one, a default as well, is relative to the configuration file, and is decoded as an
        /// absolute one.
        case path
        /// A reference to a secret: ``SecretReference``.
        case secret
        /// `true` or `false`.
        case boolean
        /// A whole number within a range.
        case integer(ClosedRange<Int>)
        /// A time such as `250ms`, `10s`, `5m`, `24h`; decoded as `Duration`.
        case duration
        /// The same, or `0s`.
        case durationOrZero
        /// A number of bytes such as `512B`, `256KiB`, `1MiB`; decoded as `Int`.
        case size
        /// One of these words.
        case choice([String])
        /// A mapping with settings of its own.
        case object([Setting])
        /// A list, each element of the same form.
        case list(Form)
    }

    /// A setting that may be left out.
    public static func optional(
        _ key: String,
        _ form: Form,
        default defaultText: String? = nil,
        _ documentation: String
    ) -> Setting {
        Setting(key: key, form: form, isRequired: false, defaultText: defaultText, documentation: documentation)
    }

    /// A setting that must be there.
    public static func required(_ key: String, _ form: Form, _ documentation: String) -> Setting {
        Setting(key: key, form: form, isRequired: true, defaultText: nil, documentation: documentation)
    }
}
