/// One thing that a provider can do wrong.
enum Defect: String, CaseIterable, Sendable {
    // What it sends.
    case sendsAgain, asksAgain, followsRedirects, connectsItself

    // How it treats failures.
    case hidesCancellation, hidesTimeOut, outlivesLogin, blamesCredential, blamesCredentialForFailure
    case throwsErrorOfItsOwn, confusesKinds, readsNoDates

    // What it reveals.
    case repeatsUpstream, repeatsCredential, repeatsPartOfCredential, logsSecret, logsPartOfCredential
    case keepsPartOfCredential, countsPeople, showsSecret

    // What it keeps.
    case sharesState, holdsOthersUp

    // Whom it signs in.
    case keysByEmail, makesSubjectUp, trustsFlag, fallsBackToEmail, takesNumbersForIds, overlooksContradiction,
        takesAnyAudience
    case letsEverybodyIn, takesUnknownForActive, overlooksStatus, readsLeniently, repairsText, overlooksRest
    case verifiesByItself, takesLastOfAddresses

    // Its configuration.
    case readsUnlistedSetting, listsUnreadSetting, callsRequiredOptional, statesWrongDefault, describesAnotherForm
    case takesBareSecret, goesOnWithoutSecret, readsEnvironment, issuerFollowsInstance

    // Its manifest.
    case saysNothingOfItself, documentsNoSetting, namesNoticeOnly, recordsUnlistedNotice, boundsNothing
    case hasNoName, documentsNoPart, misnamesPart, namesPartTwice, boundsNoPart

    /// The defect that the provider has in the current task; nil for none.
    @TaskLocal static var current: Defect?

    /// Whether the registry refuses the type, so that no other rule can be checked.
    var keepsTypeOut: Bool { self == .hasNoName || self == .misnamesPart }
}
