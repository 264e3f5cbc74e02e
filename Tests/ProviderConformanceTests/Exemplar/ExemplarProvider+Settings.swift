import IdentityBroker

extension ExemplarProvider {
    struct Settings: Decodable, Sendable {
        var tenant: String
        var secret: SecretReference
        var baseURL: String
        var issuer: String?
        var locale: String

        private enum CodingKeys: CodingKey {
            case tenant, secret, baseURL, issuer, display, hidden
        }

        private enum DisplayKeys: CodingKey {
            case locale
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            tenant = try container.decode(String.self, forKey: .tenant)
            if Defect.current == .takesBareSecret {
                secret = .literal(Secret(try container.decode(String.self, forKey: .secret)))
            } else {
                secret = try container.decode(SecretReference.self, forKey: .secret)
            }
            baseURL = try container.decodeIfPresent(String.self, forKey: .baseURL) ?? "https://exemplar.example"
            issuer = try container.decodeIfPresent(String.self, forKey: .issuer)
            locale = "en"
            if container.contains(.display) {
                let display = try container.nestedContainer(keyedBy: DisplayKeys.self, forKey: .display)
                locale = try display.decodeIfPresent(String.self, forKey: .locale) ?? locale
            }
            if Defect.current == .readsUnlistedSetting {
                _ = try container.decodeIfPresent(Bool.self, forKey: .hidden)
            }
        }
    }

    static var manifest: ProviderManifest {
        let defect = Defect.current
        return ProviderManifest(
            type: defect == .hasNoName ? "Exemplar Provider" : "exemplar",
            displayName: "Exemplar",
            summary: defect == .saysNothingOfItself ? "" : "Exchanges a ticket for a person.",
            credentials: [
                CredentialForm(
                    kind: .ticket, maximumBytes: defect == .boundsNothing ? .max : 512,
                    parts: parts(defect))
            ],
            settings: settings(defect),
            notices: [
                .nameCleaned: "Characters were taken out of the name.",
                .pictureRefused: "The picture is not an https URL.",
                .emailRefused: defect == .namesNoticeOnly ? "" : "The e-mail address is not exactly one.",
            ],
            documentation: "https://exemplar.example/docs"
        )
    }

    private static func parts(_ defect: Defect?) -> [CredentialPart] {
        let part = CredentialPart(
            defect == .misnamesPart ? "Device" : "device", maximumBytes: defect == .boundsNoPart ? .max : 64,
            defect == .documentsNoPart ? "" : "The device that got the ticket.")
        return defect == .namesPartTwice ? [part, part] : [part]
    }

    private static func settings(_ defect: Defect?) -> [Setting] {
        let documentation = "The customer whose people sign in."
        let tenant: Setting =
            defect == .callsRequiredOptional
            ? .optional("tenant", .text, documentation) : .required("tenant", .text, documentation)
        let locale = Setting.optional(
            "locale", .text, default: defect == .statesWrongDefault ? "fr" : "en",
            defect == .documentsNoSetting ? "" : "The language that people are taken to speak.")
        let secret: Setting.Form = defect == .takesBareSecret ? .text : .secret
        let issuer: Setting.Form = defect == .describesAnotherForm ? .list(.text) : .text
        return [
            tenant,
            .required("secret", secret, "The tenant's secret."),
            .optional("baseURL", .url, default: "https://exemplar.example", "Where the upstream is."),
            .optional(
                "issuer", issuer, default: defect == .describesAnotherForm ? nil : "{baseURL}/{tenant}",
                "Who vouches for people."),
            .optional("display", .object([locale]), "What is assumed of people."),
        ] + (defect == .listsUnreadSetting ? [.optional("region", .text, "Where people are.")] : [])
    }
}
