// App Service on Linux. The package is complete (compiled program and production modules): nothing is built there.

param name string
param location string
param sku string
param instances int
param linuxFxVersion string

@description('Resource id of the user-assigned identity that the app runs as.')
param identityId string

@description('Files that people ask for in chat can be downloaded from the web app by a browser, too.')
param downloads bool

@description('Settings of the service by name, as src/config/settings.ts reads them.')
param settings object

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: name
  location: location
  kind: 'linux'
  sku: {
    name: sku
    capacity: instances
  }
  properties: {
    reserved: true // Linux
  }
}

resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: name
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false // no state in memory: any instance may answer
    siteConfig: {
      linuxFxVersion: linuxFxVersion
      // The flags of `npm run serve`: an audit needs half the memory with a heap that grows in small steps.
      appCommandLine: 'node --max-semi-space-size=4 --heap-growing-percent=20 dist/index.js'
      alwaysOn: true
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      healthCheckPath: '/healthz'
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: site
  name: 'appsettings'
  properties: union(settings, {
    BOT_ENDPOINT: downloads ? 'https://${site.properties.defaultHostName}' : ''
    WEBSITE_RUN_FROM_PACKAGE: '1'
    SCM_DO_BUILD_DURING_DEPLOYMENT: 'false'
  })
}

// Deployment signs in with Entra; user name and password are refused.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noDeploymentPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

output resourceId string = site.id
output domain string = site.properties.defaultHostName
