#!/usr/bin/env pwsh
#Requires -Version 7.1
# SES SMTP passwords and SigV4 signing keys with .NET's HMACSHA256, as a port of sigvet.
#
# No variable here may be named $input: PowerShell looks for it before it starts a script, and where
# it is used, reads all of standard input into it.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$utf8 = [System.Text.UTF8Encoding]::new($false)

# An input that holds bytes: a string where they are UTF-8, else an object with their base64. The
# comma keeps the function from handing out an array's bytes one by one; so it does below.
function Get-Bytes($Value) {
    if ($Value -is [string]) {
        return , $utf8.GetBytes($Value)
    }
    return , [Convert]::FromBase64String($Value['base64'])
}

function Get-Hmac([byte[]] $Key, [byte[]] $Message) {
    $hmac = [System.Security.Cryptography.HMACSHA256]::new($Key)
    try {
        return , $hmac.ComputeHash($Message)
    } finally {
        $hmac.Dispose()
    }
}

function Get-Hex([byte[]] $Bytes) {
    return [Convert]::ToHexString($Bytes).ToLowerInvariant()
}

# The MAC of each message under the MAC before it, in hex by name; then the last one as bytes.
function Get-Chain([byte[]] $Secret, $Steps) {
    [byte[]] $key = $utf8.GetBytes('AWS4') + $Secret
    $stages = @{}
    foreach ($name in $Steps.Keys) {
        $key = Get-Hmac $key $Steps[$name]
        $stages[$name] = Get-Hex $key
    }
    return $stages, $key
}

function Get-Password([byte] $Version, [byte[]] $Mac) {
    [byte[]] $bytes = @($Version) + $Mac
    return [Convert]::ToBase64String($bytes)
}

function Get-SesSmtpPassword($Given) {
    [byte[]] $secret = Get-Bytes $Given['secret']
    if ($secret.Length -eq 0) {
        return @{ refused = 'the secret is empty' }
    }
    $message = $utf8.GetBytes('SendRawEmail')
    if ($Given['version'] -eq 2) {
        $mac = Get-Hmac $secret $message
        return @{ output = @{ mac = Get-Hex $mac; password = Get-Password 2 $mac } }
    }
    if ($Given['version'] -ne 4) {
        return @{ unsupported = "version $($Given['version'])" }
    }
    [byte[]] $region = Get-Bytes $Given['region']
    if ($region.Length -eq 0) {
        return @{ refused = 'the region is empty' }
    }
    $stages, $mac = Get-Chain $secret ([ordered]@{
            date_key     = $utf8.GetBytes('11111111')
            region_key   = $region
            service_key  = $utf8.GetBytes('ses')
            terminal_key = $utf8.GetBytes('aws4_request')
            message_key  = $message
        })
    return @{ output = $stages + @{ password = Get-Password 4 $mac } }
}

function Get-SigV4SigningKey($Given) {
    [byte[]] $secret = Get-Bytes $Given['secret']
    [byte[]] $region = Get-Bytes $Given['region']
    [byte[]] $service = Get-Bytes $Given['service']
    if ($secret.Length -eq 0 -or $region.Length -eq 0 -or $service.Length -eq 0) {
        return @{ refused = 'the secret, the region or the service is empty' }
    }
    # Not $, which would let a newline pass, and not \d, which is any script's digits.
    if ($Given['date'] -cnotmatch '\A[0-9]{8}\z') {
        return @{ refused = 'the date is not eight digits' }
    }
    $stages, $null = Get-Chain $secret ([ordered]@{
            date_key    = $utf8.GetBytes($Given['date'])
            region_key  = $region
            service_key = $service
            signing_key = $utf8.GetBytes('aws4_request')
        })
    return @{ output = $stages }
}

function Get-Reply($Message) {
    if ($Message['type'] -ceq 'hello' -and $Message['protocol'] -eq 1) {
        return @{
            type          = 'ready'
            protocol      = 1
            port          = @{
                name     = 'powershell'
                version  = [string] $PSVersionTable.PSVersion
                language = 'PowerShell'
                crypto   = ".NET $([Environment]::Version)"
            }
            ops           = @('ses-smtp-password', 'sigv4-signing-key')
            max_in_flight = 32
        }
    }
    $result = switch -CaseSensitive ($Message['op']) {
        'ses-smtp-password' { Get-SesSmtpPassword $Message['input'] }
        'sigv4-signing-key' { Get-SigV4SigningKey $Message['input'] }
        default { @{ unsupported = 'this operation' } }
    }
    return @{ type = 'answer'; id = $Message['id'] } + $result
}

# Strings that look like a date become a DateTime; PowerShell 7.5 has an option against that.
$fromJson = @{ AsHashtable = $true }
if ((Get-Command ConvertFrom-Json).Parameters.ContainsKey('DateKind')) {
    $fromJson['DateKind'] = 'String'
}
# Not [Console]::In and Out: their encoding is that of the terminal.
$reader = [System.IO.StreamReader]::new([Console]::OpenStandardInput(), $utf8)
$writer = [System.IO.StreamWriter]::new([Console]::OpenStandardOutput(), $utf8)
$writer.NewLine = "`n"
$writer.AutoFlush = $true
while ($null -ne ($line = $reader.ReadLine())) {
    $message = ConvertFrom-Json -InputObject $line @fromJson
    $writer.WriteLine((ConvertTo-Json -InputObject (Get-Reply $message) -Compress -Depth 4))
}
