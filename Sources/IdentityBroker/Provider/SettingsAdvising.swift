/// A provider type that knows which settings are valid and unwise.
public protocol SettingsAdvising: IdentityProvider {
    /// What to reconsider, each in a sentence or two of plain text without any secret; empty where all is well.
    static func advice(settings: Settings) -> [String]
}
