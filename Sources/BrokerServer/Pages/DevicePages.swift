import BrokerServing
import BrokerTokens

/// Which device is meant.
struct DevicePage: Page {
    static let template = PageTemplate.device

    /// Where the code goes, in the query.
    let action: String
    /// The name of the code there.
    let field: String

    var forms: FormPolicy { .own }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        [
            "heading": PageText.deviceHeading(language), "lead": PageText.deviceLead(language),
            "action": .text(action), "field": .text(field), "field_label": PageText.deviceCode(language),
            "continue": PageText.goOn(language),
        ]
    }
}

/// Whether a device may sign in. It names the app and shows the code, so that a person who was sent here by a stranger can
/// tell (RFC 8628 §5.4).
struct DeviceConsentPage: Page {
    static let template = PageTemplate.consent

    let device: DeviceLogin
    /// What the person entered.
    let userCode: String
    let form: PageForm

    var forms: FormPolicy { .own }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        let own: [String: PageValue] = [
            "heading": PageText.deviceAllowHeading(language, device.clientName),
            "lead": PageText.deviceAllowLead(language, userCode),
            "scopes": .list(device.scopes.map { ["text": PageText.of(scope: $0[...], in: language)] }),
            "allow": PageText.allow(language),
            "deny": PageText.deny(language),
        ]
        return form.values.merging(own) { $1 }
    }
}

/// A device was answered for.
struct DeviceDonePage: Page {
    static let template = PageTemplate.deviceDone

    let isAllowed: Bool

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        let (heading, lead): (PageText, PageText) =
            isAllowed ? (.deviceAllowedHeading, .deviceAllowedLead) : (.deviceDeniedHeading, .deviceDeniedLead)
        return ["heading": heading(language), "lead": lead(language)]
    }
}
