extension Defect {
    /// The rules of the kit that the defect breaks.
    var brokenRules: Set<String> {
        switch self {
        case .sendsAgain:
            [
                "a connection that breaks before or during the answer fails the login",
                "a failed TLS handshake is refused before anything leaves",
                "the login fails with the transport's own failure",
                "a credential that did not leave may be presented again, and still works",
                "a failure has a kind that a provider may use",
            ]
        case .asksAgain:
            ["whatever the upstream answers, the credential is sent once and no request is repeated"]
        case .followsRedirects:
            [
                "a redirect is not followed",
                "the login fails with the transport's own failure",
                "whatever the upstream answers, the credential is sent once and no request is repeated",
            ]
        case .connectsItself:
            ["nothing leaves except through the transport"]
        case .hidesCancellation:
            ["a provider reports cancellation as nothing else"]
        case .hidesTimeOut:
            ["the login fails with the transport's own failure"]
        case .outlivesLogin:
            [
                "a provider's work ends with the login",
                "an abandoned login sends nothing more",
                "a provider reports cancellation as nothing else",
            ]
        case .blamesCredential:
            [
                "a connection that breaks before or during the answer fails the login",
                "a failed TLS handshake is refused before anything leaves",
                "an unreachable upstream spends no credential",
                "the login fails with the transport's own failure",
            ]
        case .blamesCredentialForFailure:
            ["a failing upstream is unavailable, and no credential is to blame"]
        case .throwsErrorOfItsOwn:
            Self.rulesOfUnreadableAnswers.union(["a failure has a kind that a provider may use"])
        case .confusesKinds:
            ["every refusal of the upstream fails with its proper kind, and with its code"]
        case .readsNoDates:
            ["an upstream's Retry-After is honored, in both forms"]
        case .repeatsUpstream:
            ["every failure says what happened in the provider's own words"]
        case .repeatsCredential, .repeatsPartOfCredential:
            ["no error contains a credential, a secret, a token or a phone number"]
        case .logsSecret, .logsPartOfCredential:
            ["no log line contains a credential, a secret, a token or a phone number"]
        case .keepsPartOfCredential:
            ["neither the credential nor a secret appears in the identity"]
        case .countsPeople:
            ["no metric, span or audit event contains a credential, a secret, a token or a phone number"]
        case .showsSecret:
            ["an instance reveals none of its secrets"]
        case .sharesState:
            ["each of sixteen simultaneous logins signs in its own person"]
        case .holdsOthersUp:
            [
                "each of sixteen simultaneous logins signs in its own person",
                "a login that waits for its answer delays no other",
            ]
        case .keysByEmail:
            [
                "a person's subject does not depend on name, picture, e-mail address and phone number",
                "different people have different subjects, however alike they look",
                "an answer that does not identify the person is refused",
                "an answer with contradictory identities is refused",
            ]
        case .makesSubjectUp:
            Self.rulesOfThePerson.union([
                "an answer that does not identify the person is refused",
                "an answer with contradictory identities is refused",
            ])
        case .trustsFlag, .fallsBackToEmail, .takesNumbersForIds:
            [
                "an answer that does not identify the person is refused",
                "an answer with a missing or changed part is refused, or yields the same person",
            ]
        case .overlooksContradiction:
            ["an answer with contradictory identities is refused"]
        case .takesAnyAudience:
            ["an answer for another app or another login is refused"]
        case .letsEverybodyIn, .takesUnknownForActive:
            ["a person whom the upstream does not let in is denied access"]
        case .overlooksStatus:
            ["a failure status is a failure, whatever the body says"]
        case .readsLeniently, .overlooksRest:
            ["an answer with duplicate members is refused"]
        case .repairsText:
            ["an answer that is not UTF-8 is refused"]
        case .verifiesByItself:
            ["an e-mail address is verified only where the upstream says so"]
        case .takesLastOfAddresses:
            ["hostile names, pictures and addresses come out clean"]
        case .readsUnlistedSetting, .listsUnreadSetting:
            ["the settings read are those that the manifest lists"]
        case .callsRequiredOptional:
            ["every optional setting may be omitted, and all of them together"]
        case .statesWrongDefault:
            ["a default stated in the manifest is the actual one"]
        case .describesAnotherForm:
            ["every setting is read as the manifest describes it"]
        case .takesBareSecret:
            [
                "a secret setting only accepts a reference",
                "only the secrets and files that the settings name are read",
                "an unreadable secret or file is named in the error, and nothing is sent without it",
            ]
        case .goesOnWithoutSecret:
            ["an unreadable secret or file is named in the error, and nothing is sent without it"]
        case .readsEnvironment:
            ["only the secrets and files that the settings name are read"]
        case .issuerFollowsInstance:
            ["an instance has the same issuer for everyone, after a restart and under another id"]
        case .saysNothingOfItself:
            ["the type describes itself to people"]
        case .documentsNoSetting:
            ["every setting is documented, under a key in camel case"]
        case .namesNoticeOnly:
            ["every notice is a documented word in snake case"]
        case .recordsUnlistedNotice:
            ["every notice of an identity is in the manifest"]
        case .documentsNoPart, .namesPartTwice, .boundsNoPart:
            [Self.ruleOfParts]
        case .misnamesPart:
            [Self.ruleOfParts, "the registry accepts the type"]
        case .hasNoName:
            ["the registry accepts the type"]
        case .boundsNothing:
            [
                "every kind of credential has a name in snake case and a form that can be met",
                "a credential of a form that the type does not accept is refused before anything is sent",
            ]
        }
    }

    private static let ruleOfParts =
        "every part of a credential has a name of its own in snake case, a form that can be met, and documentation"

    /// The rules about unreadable answers.
    private static let rulesOfUnreadableAnswers: Set<String> = [
        "an answer whose length differs from its stated length is refused",
        "a success without content is not a success",
        "a failing upstream is unavailable, and no credential is to blame",
        "a connection that breaks before or during the answer fails the login",
        "an answer that is not JSON is refused, and so is an empty one with a success status",
        "a truncated answer is refused",
        "an answer with duplicate members is refused",
        "an answer that is not UTF-8 is refused",
        "an answer nested too deep is refused",
        "an unrequested compressed answer is refused",
        "an upstream's Retry-After is honored, in both forms",
    ]

    /// The rules that check the person.
    private static let rulesOfThePerson: Set<String> = [
        "a default stated in the manifest is the actual one",
        "a good credential becomes the identity that the upstream vouches for",
        "a person has the same subject at every login and after a restart",
        "a person's subject does not depend on name, picture, e-mail address and phone number",
        "hostile names, pictures and addresses come out clean",
        "an answer in chunks, or after an interim one, is accepted",
        "each of sixteen simultaneous logins signs in its own person",
        "two instances of the type are isolated",
        "an answer with a missing or changed part is refused, or yields the same person",
    ]
}
