#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The service in the words of OpenAPI 3.1, as `openapi.json` beside this file has it.
enum ServiceDescription {
    static let json = Data(PackageResources.openapi_json)
}
