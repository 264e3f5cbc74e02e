import IdentityBroker

extension Claims {
    /// The address, if there is one: `emailVerified` alone means nothing, since GenAuth sends it without an address
    /// too.
    static func email(_ record: GenAuthUserRecord, _ notices: inout [WXAppNotice]) -> Contact<EmailAddress>? {
        guard let text = record.email else { return nil }
        guard let address = EmailAddress(text) else {
            notices.append(.emailRefused)
            return nil
        }
        return Contact(address, verified: record.emailVerified)
    }
}
